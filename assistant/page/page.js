// Runs once, when the talk is on the page. Gradio gives: element (the talk), props (its values), trigger (an event to
// Python), watch (after a value has changed). All texts come from Python, in props.

const byId = (id) => document.getElementById(id);
const wide = () => window.matchMedia("(min-width: 60rem)").matches;
const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

function scrollTo(target, block) {
  target.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block });
}

function isInView(target) {
  const box = target.getBoundingClientRect();
  const frame = wide() ? byId("panel-column").getBoundingClientRect() : { top: 0, bottom: 0 };
  return box.top >= frame.top && box.bottom <= frame.bottom;
}

// --- Asking -----------------------------------------------------------------------------------------------------------

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-ask]");
  if (!button) return;
  trigger("select", { question: button.dataset.ask });
  if (window.matchMedia("(pointer: fine)").matches) document.querySelector("#question textarea")?.focus();
});

// The button that stops the answer goes away with it.
byId("stop")?.addEventListener("click", () => document.querySelector("#question textarea")?.focus());

// The counter appears when the limit is near.
document.addEventListener("input", (event) => {
  if (event.target.closest?.("#question")) count(event.target.value.trim().length);
});
function count(length) {
  const counter = document.querySelector("#fine-print .counter");
  if (!counter) return;
  counter.hidden = length < props.limit * 0.8;
  counter.classList.toggle("over", length > props.limit);
  const spaced = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
  counter.textContent = props.counter.replace("{length}", spaced(length)).replace("{limit}", spaced(props.limit));
}

// --- Sources ----------------------------------------------------------------------------------------------------------

let sourcesBehind = null;  // what stood in the panel before a provision was opened in it
let shownTurn;  // of which answer the panel shows the sources

// An earlier answer's sources are kept with its message: put them in the panel when they are asked for.
function showPanelOf(turn) {
  const shown = document.querySelector("#panel .sources");
  if (!shown || (shown.dataset.turn === String(turn) && !sourcesBehind)) return;
  const sources = props.value?.[turn]?.sources;
  if (!sources) return;
  replacePanel(sources);
  shownTurn = String(turn);
}

let legend;  // what stands there before the first answer

function replacePanel(html) {
  const shown = document.querySelector("#panel .sources");
  if (shown.matches(".legend")) legend = shown.outerHTML;
  shown.outerHTML = html;
  sourcesBehind = null;
}

function showSource(number) {
  document.querySelectorAll("#panel .is-shown").forEach((old) => old.classList.remove("is-shown"));
  const quote = document.querySelector(`#panel [data-sources~="${number}"]`);
  if (!quote) return;
  const card = quote.closest(".source");
  quote.querySelectorAll(`mark[data-n~="${number}"]`).forEach((mark) => mark.classList.add("is-shown"));
  card.classList.add("is-shown");
  if (!isInView(card)) scrollTo(card, "start");
  quote.focus({ preventScroll: true });
}

// --- A provision opened in the panel ----------------------------------------------------------------------------------

document.addEventListener("click", async (event) => {
  const link = event.target.closest("#panel [data-provision]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    openInPanel(link.dataset.provision);
  } else if (event.target.closest("#panel [data-panel-back]")) {
    document.querySelector("#panel .sources").replaceWith(sourcesBehind);
    sourcesBehind = null;
    byId("panel-column").scrollTop = 0;
    byId("sources-title")?.focus({ preventScroll: true });
  }
});

async function openInPanel(id) {
  const answer = await called("provision", id);
  const before = document.querySelector("#panel .sources");
  const phrases = props.phrases_of_panel;
  const panel = document.createElement("section");
  panel.className = "sources";
  if (before.dataset.turn) panel.dataset.turn = before.dataset.turn;
  panel.setAttribute("aria-label", phrases.opened);
  panel.innerHTML = `<p class="to-sources"><button type="button" class="quiet" data-panel-back>← ${phrases.back}</button></p>${answer.html ?? ""}`;
  if (answer.problem) panel.append(answer.problem);
  sourcesBehind ??= before;
  before.replaceWith(panel);
  if (wide()) byId("panel-column").scrollTop = 0;
  else scrollTo(panel, "start");
  panel.querySelector("h3")?.focus({ preventScroll: true });
}

async function called(name, sent) {
  try {
    return await server[name](sent);
  } catch {
    return { problem: props.phrases_of_panel.failed };
  }
}

// --- Copying ------------------------------------------------------------------------------------------------------------

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-citation]");
  if (!button) return;
  const label = button.dataset.label ??= button.textContent;
  button.setAttribute("aria-live", "polite");
  button.textContent = (await copied(button.dataset.citation)) ? button.dataset.copied : button.dataset.notCopied;
  setTimeout(() => { button.textContent = label; }, 2500);
});

// The clipboard is only for pages on this machine or with encryption; elsewhere the old way is tried.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

// --- What was understood about the company ------------------------------------------------------------------------------

function showFacts() {
  const last = (props.value ?? []).filter((message) => message.record).at(-1);
  document.querySelector(".facts-here").innerHTML = last?.facts ?? "";
}

document.addEventListener("click", async (event) => {
  const chip = event.target.closest("#facts [data-forget]");
  if (!chip) return;
  chip.disabled = true;
  const talk = props.value.map(({ role, content }) => ({ role, content }));
  const answer = await called("forget", { fact: chip.dataset.forget, words: chip.dataset.fact, messages: talk });
  if (answer.problem || props.value.length !== talk.length) return void (chip.disabled = false);
  const last = props.value.findLastIndex((message) => message.record);
  props.value = props.value.map((message, n) => ({
    ...message, content: answer.contents[n], facts: n === last ? answer.facts : message.facts,
  }));
  showFacts();
  (document.querySelector("#facts button") ?? document.querySelector("#question textarea"))?.focus();
  document.querySelector("#notice [role=status]").textContent = answer.notice;
  tell();
});

let lastMarker = null;
document.addEventListener("click", (event) => {
  const marker = event.target.closest(".turn :is([data-cite], [data-see])");
  const back = event.target.closest("[data-back]");
  if (marker) {
    lastMarker = marker;
    showPanelOf(marker.closest(".turn").dataset.turn);
    if (marker.dataset.cite) return showSource(marker.dataset.cite);
    const title = byId("sources-title");
    scrollTo(title, wide() ? "nearest" : "start");
    title.focus({ preventScroll: true });
  } else if (back) {
    const answer = element.querySelector(`.answer[data-turn="${back.dataset.back}"]`);
    const target = answer?.contains(lastMarker) ? lastMarker : answer?.querySelector("button") ?? answer;
    if (answer) scrollTo(answer, "start");
    target?.focus({ preventScroll: true });
  }
});

// --- The talk grows ---------------------------------------------------------------------------------------------------

// keep.js keeps the talk in the browser, and gives one back.
function tell() {
  const last = element.querySelector(".turn:last-child");
  const done = Boolean(last?.matches(".answer:not(.pending, .streaming)"));
  document.dispatchEvent(new CustomEvent("bht:talk", { detail: { messages: props.value ?? [], done } }));
}

document.addEventListener("bht:ask", tell);
document.addEventListener("bht:show", (event) => {
  props.value = event.detail;
  requestAnimationFrame(grown);
});

// What a model writes has been seen as it grew; any other answer comes whole, and is revealed (page.css).
let awaited = false;
function reveal() {
  const last = element.querySelector(".turn:last-child");
  if (awaited && !last?.matches(".pending")) last?.classList.add("fresh");
  awaited = Boolean(last?.matches(".pending:not(.by-model)"));
}

let messages = 0;
function grown() {
  reveal();
  const now = props.value?.length ?? 0;
  if (now > messages) {
    const questions = element.querySelectorAll(".question");
    if (questions.length) scrollTo(questions[questions.length - 1], "start");
    count(0);
  } else if (now === 0) {
    element.querySelector(".welcome")?.scrollIntoView({ block: "end" });
    if (legend && !document.querySelector("#panel .legend")) replacePanel(legend);
  }
  // Of a talk that the browser gave back, Python has not shown the sources.
  if (now && document.querySelector("#panel .legend")) showPanelOf(now - 1);
  messages = now;
  showFacts();
  tell();
}
watch("value", grown);

// --- Gradio's own words -----------------------------------------------------------------------------------------------

// A few of them are English whatever the language of the browser.
function translate(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const phrase = props.phrases[walker.currentNode.textContent.trim()];
    if (phrase) walker.currentNode.textContent = phrase;
  }
  node.querySelectorAll?.("[aria-label], [title]").forEach((labelled) => {
    for (const name of ["aria-label", "title"]) {
      const phrase = props.phrases[labelled.getAttribute(name)];
      if (phrase) labelled.setAttribute(name, phrase);
    }
  });
}
// A new answer's sources are read from the top.
function noticePanel() {
  const turn = document.querySelector("#panel .sources")?.dataset.turn;
  if (turn === shownTurn) return;
  byId("panel-column").scrollTop = 0;
  shownTurn = turn;
  sourcesBehind = null;
}

new MutationObserver((changes) => {
  for (const change of changes)
    for (const node of change.addedNodes)
      if (node.nodeType === Node.ELEMENT_NODE && !node.closest("#talk, #panel")) translate(node);
  noticePanel();
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-turn"] });


