// Runs once, when what stands under the talk is on the page. Gradio gives: element, server (functions in Python).
// Talks are kept in this browser and nowhere else. page.js tells of the talk as it grows, and shows one that is opened here.

const STORE = "bht-samtaler";
const MOST = 20;
const VERSION = 1; // raised when messages are made another way: what an older page kept is then left out
const root = element.querySelector(".kept");
const told = root.querySelector(".told");
const earlier = root.querySelector(".earlier");
let current = null; // the id of the talk on the page, null before it has begun
let messages = [];

// --- In the browser -----------------------------------------------------------------------------------------------------

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE) ?? "{}");
    return kept.version === VERSION && Array.isArray(kept.talks) ? kept : { version: VERSION, current: null, talks: [] };
  } catch {
    return { version: VERSION, current: null, talks: [] };
  }
}

// The oldest talks go when the browser has no more room; a browser that keeps nothing is no fault.
function write(kept) {
  try {
    if (!kept.talks.length) return localStorage.removeItem(STORE);
    localStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    if (kept.talks.length > 1) write({ ...kept, talks: kept.talks.slice(0, -1) });
  }
}

function keep() {
  const title = messages.find((message) => message.role === "user")?.html ?? "";
  const text = new DOMParser().parseFromString(title, "text/html").querySelector("p")?.textContent ?? "";
  const kept = read();
  current ??= crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  const talk = { id: current, title: text.slice(0, 120), messages };
  write({ version: VERSION, current, talks: [talk, ...kept.talks.filter((other) => other.id !== current)].slice(0, MOST) });
}

function forget(id) {
  const kept = read();
  write({ ...kept, current: kept.current === id ? null : kept.current, talks: kept.talks.filter((talk) => talk.id !== id) });
}

// --- With the talk on the page --------------------------------------------------------------------------------------------

document.addEventListener("bht:talk", (event) => {
  const wasGoingOn = messages.length > 0;
  messages = event.detail.messages;
  if (event.detail.done) keep();
  else if (!messages.length && wasGoingOn) {
    say("");
    current = null;
    write({ ...read(), current });
  }
  list();
});

function show(talk) {
  current = talk.id;
  write({ ...read(), current });
  document.dispatchEvent(new CustomEvent("bht:show", { detail: talk.messages }));
}

// --- Earlier talks ----------------------------------------------------------------------------------------------------------

function list() {
  const talks = messages.length ? [] : read().talks;
  earlier.hidden = !talks.length;
  root.classList.toggle("empty", !messages.length && !talks.length);
  earlier.querySelector("ul").replaceChildren(...talks.map((talk) => {
    const row = document.createElement("li");
    row.append(button(talk, talk.title, "openLabel", "open"), button(talk, "×", "deleteLabel", "remove"));
    return row;
  }));
}

function button(talk, text, label, name) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: name, textContent: text });
  made.setAttribute("aria-label", root.dataset[label].replace("{title}", talk.title));
  made.addEventListener("click", () => (name === "open" ? show(talk) : (forget(talk.id), say(root.dataset.deleted), list())));
  return made;
}

function say(text) {
  told.textContent = text;
}

// --- What is clicked ------------------------------------------------------------------------------------------------------

element.addEventListener("click", async (event) => {
  const chosen = event.target.closest("button");
  if (!chosen) return;
  if (chosen.dataset.take) return takeAway(chosen.dataset.take);
  if ("delete" in chosen.dataset) {
    forget(current);
    document.getElementById("restart").click();
    return;
  }
  if ("deleteAll" in chosen.dataset) {
    if (chosen.dataset.asked) {
      write({ talks: [] });
      list();
      return say(root.dataset.deleted);
    }
    chosen.dataset.asked = chosen.textContent;
    chosen.textContent = chosen.dataset.sure;
    chosen.addEventListener("blur", () => {
      chosen.textContent = chosen.dataset.asked;
      delete chosen.dataset.asked;
    }, { once: true });
  }
});

async function takeAway(format) {
  const talk = messages.map((message) => message.record).filter(Boolean).map((record) => JSON.parse(record));
  let file;
  try {
    file = await server.take_away({ format, talk });
  } catch {
    file = { problem: root.dataset.notTaken };
  }
  if (!file.data) return say(file.problem);
  const bytes = Uint8Array.from(atob(file.data), (character) => character.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: file.type }));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  say(file.notice);
}

// The talk may be on the page already: Gradio gives back the one that was going on when the page was left (build.py).
current = read().current;
document.dispatchEvent(new CustomEvent("bht:ask"));
list();
