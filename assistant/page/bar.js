// Runs once, when the bar of tabs is on the page. Gradio gives: element (the bar).

const buttons = [...element.querySelectorAll("[role=tab]")];
const panelOf = (button) => document.getElementById(button.getAttribute("aria-controls"));

function show(button) {
  for (const other of buttons) {
    const isOpen = other === button;
    other.setAttribute("aria-selected", String(isOpen));
    other.tabIndex = isOpen ? 0 : -1;
    const panel = panelOf(other);
    panel?.setAttribute("role", "tabpanel");
    panel?.setAttribute("aria-labelledby", other.id);
    panel?.toggleAttribute("data-open", isOpen);
  }
  document.body.dataset.tab = button.dataset.tab;
}

// The address tells which tab it is: it can be kept, and the browser's way back works.
function showAddressed() {
  const [slug] = location.hash.slice(1).split("/"); // a tab may have places within it
  show(buttons.find((button) => button.dataset.tab === slug) ?? buttons[0]);
}

function open(button) {
  if (document.body.dataset.tab === button.dataset.tab) return;
  history.pushState(null, "", `#${button.dataset.tab}`);
  show(button);
  window.scrollTo({ top: 0 });
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("[role=tab]");
  if (button) open(button);
});

element.addEventListener("keydown", (event) => {
  const at = buttons.indexOf(event.target);
  const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  const button = buttons[(next + buttons.length) % buttons.length];
  button.focus();
  open(button);
});

// A link or button anywhere that leads to a tab.
document.addEventListener("click", (event) => {
  const slug = event.target.closest("[data-to-tab]")?.dataset.toTab;
  const button = buttons.find((other) => other.dataset.tab === slug);
  if (!button) return;
  open(button);
  button.focus();
});

// A button that leads to another form on the same tab.
document.addEventListener("click", (event) => {
  const target = document.getElementById(event.target.closest("[data-jump]")?.dataset.jump);
  target?.querySelector("input, textarea")?.focus({ preventScroll: true });
  target?.closest(".tool").scrollIntoView({ block: "start" });
});

window.addEventListener("popstate", showAddressed);
window.addEventListener("hashchange", showAddressed);

// The panels may come to the page after the bar.
(function begin() {
  showAddressed();
  if (!buttons.every(panelOf)) requestAnimationFrame(begin);
})();
