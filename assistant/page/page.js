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

let shownTurn;  // of which answer the panel shows the sources

// An earlier answer's sources are kept with its message: put them in the panel when they are asked for.
function showPanelOf(turn) {
  const shown = document.querySelector("#panel .sources");
  if (!shown || shown.dataset.turn === String(turn)) return;
  const sources = props.value?.[turn]?.sources;
  if (!sources) return;
  shown.outerHTML = sources;
  shownTurn = String(turn);
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

let messages = 0;
watch("value", () => {
  const now = props.value?.length ?? 0;
  if (now > messages) {
    const questions = element.querySelectorAll(".question");
    if (questions.length) scrollTo(questions[questions.length - 1], "start");
    count(0);
  } else if (now === 0) {
    element.querySelector(".welcome")?.scrollIntoView({ block: "end" });
  }
  messages = now;
});

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
  if (turn !== shownTurn) byId("panel-column").scrollTop = 0;
  shownTurn = turn;
}

new MutationObserver((changes) => {
  for (const change of changes)
    for (const node of change.addedNodes)
      if (node.nodeType === Node.ELEMENT_NODE && !node.closest("#talk, #panel")) translate(node);
  noticePanel();
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-turn"] });
