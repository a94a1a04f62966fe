// Runs once for each result of a tool. Gradio gives: element (round the result), props (its values), watch (after a change).

const form = () => document.getElementById(props.form);
const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

// What is wrong with a field stands by the field.
function placeProblems() {
  for (const told of element.querySelectorAll("[data-field]")) {
    const slot = document.getElementById(`${props.form}-${told.dataset.field}-problem`);
    const field = document.getElementById(`${props.form}-${told.dataset.field}`);
    if (!slot || !field) continue;
    slot.textContent = told.textContent;
    slot.hidden = false;
    field.setAttribute("aria-invalid", "true");
    field.closest("details")?.setAttribute("open", "");
    told.remove();
  }
  return form().querySelector('[aria-invalid="true"]');
}

function receive() {
  const busy = form()?.getAttribute("aria-busy");
  form()?.removeAttribute("aria-busy");
  if (!busy || !props.value) return;
  const target = placeProblems() ?? element.querySelector("[data-focus]");
  target?.focus({ preventScroll: true });
  const box = target?.getBoundingClientRect();
  if (box && (box.top < 0 || box.bottom > window.innerHeight * 0.6))
    target.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
}
// A change of the sources goes on when the request is over: how far it has come is asked for until it is done (administer.py).
const PAUSE_MS = 700;
const language = `?language=${document.documentElement.lang}`;
function follow() {
  const work = element.querySelector("[data-work]");
  if (work) setTimeout(async () => {
    try {
      const answer = await fetch(work.dataset.work + language);
      if (answer.ok) props.value = await answer.text();
    } catch {}  // the program may be busy for a moment
    setTimeout(() => (element.querySelector("[data-work]") ? follow() : finish()), 50);
  }, PAUSE_MS);
}
async function finish() {
  element.querySelector("[data-focus]")?.focus({ preventScroll: true });
  const list = element.querySelector("[data-refresh]")?.dataset.refresh;
  const answer = list && await fetch(list + language);
  if (!answer?.ok) return;
  document.querySelector("#sources .shelf").outerHTML = await answer.text();
  document.dispatchEvent(new CustomEvent("bht:sources"));
}

watch("value", receive);
document.addEventListener("tool-result", (event) => {
  if (event.detail.form !== props.form) return;
  props.value = event.detail.html;
  setTimeout(() => {
    receive();
    follow();
  }, 50);
});

// --- Sources ----------------------------------------------------------------------------------------------------------

element.addEventListener("click", (event) => {
  const number = event.target.closest("[data-cite]")?.dataset.cite;
  const quote = number && element.querySelector(`[data-sources~="${number}"]`);
  if (!quote) return;
  element.querySelectorAll(".is-shown").forEach((old) => old.classList.remove("is-shown"));
  quote.closest(".source").classList.add("is-shown");
  quote.querySelectorAll(`mark[data-n~="${number}"]`).forEach((mark) => mark.classList.add("is-shown"));
  quote.closest(".source").scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "nearest" });
  quote.focus({ preventScroll: true });
});

// --- Print and copy ---------------------------------------------------------------------------------------------------

// The result as text: without what is only to be clicked, with what is folded and with the addresses of links.
function toText() {
  const copy = element.querySelector(".tool-result").cloneNode(true);
  copy.querySelectorAll(".no-copy, svg, .visually-hidden").forEach((node) => node.remove());
  copy.querySelectorAll("details").forEach((node) => { node.open = true; });
  copy.querySelectorAll(".whole").forEach((node) => node.closest("details").remove());
  copy.querySelectorAll("a[href^='http']").forEach((link) => link.append(` (${link.href})`));
  copy.classList.add("being-copied");
  document.body.append(copy);
  const text = copy.innerText.replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
  copy.remove();
  return text;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {  // not allowed, or the page is not served over a safe connection
    const box = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}

element.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-print], [data-copy]");
  if (!button) return;
  if ("copy" in button.dataset) {
    const done = await copy(toText());
    const status = element.querySelector(".copied");
    status.textContent = done ? status.dataset.done : status.dataset.failed;
    return button.focus();
  }
  const folded = [...element.querySelectorAll("details:not([open])")].filter((node) => !node.querySelector(".whole"));
  folded.forEach((node) => { node.open = true; });
  element.toggleAttribute("data-printed", true);
  window.print();
  element.toggleAttribute("data-printed", false);
  folded.forEach((node) => { node.open = false; });
});
