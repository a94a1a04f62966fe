// Runs once, when the tab "Slå opp" is on the page. Gradio gives: element (the tab), server (functions in Python).

const TAB = "slaa-opp";
const form = element.querySelector("form");
const shown = element.querySelector(".opened-here");
const status = element.querySelector("[role=status]");
const problem = form.querySelector(".problem");
let latest = 0; // of several that are under way, the last one asked for is shown

async function show(call, address) {
  const number = ++latest;
  problem.textContent = "";
  shown.setAttribute("aria-busy", "true");
  status.textContent = shown.dataset.empty;
  let answer;
  try {
    answer = await call();
  } catch {
    answer = { problem: element.querySelector(".lookup").dataset.failed };
  }
  if (number !== latest) return;
  shown.removeAttribute("aria-busy");
  status.textContent = "";
  if (answer.problem) return void (problem.textContent = answer.problem);
  shown.innerHTML = answer.html;
  const opened = answer.id ? `#${TAB}/${answer.id.split("/").map(encodeURIComponent).join("/")}` : address;
  if (opened && location.hash !== opened) history.pushState(null, "", opened);
  const title = shown.querySelector("h3");
  title?.focus({ preventScroll: true });
  shown.querySelector(".is-meant")?.scrollIntoView({ block: "center" });
  if (shown.getBoundingClientRect().top < 0 || window.matchMedia("(max-width: 60rem)").matches) title?.scrollIntoView({ block: "start" });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = form.elements.query.value;
  const levels = [...form.querySelectorAll("[name=level]:checked")].map((box) => box.value);
  show(() => server.find({ query, levels }), `#${TAB}`);
});

element.addEventListener("click", (event) => {
  const link = event.target.closest("[data-provision]");
  const shelf = event.target.closest("[data-document]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    show(() => server.provision(link.dataset.provision));
  } else if (shelf) {
    element.querySelectorAll("nav [aria-current]").forEach((old) => old.removeAttribute("aria-current"));
    element.querySelector(`nav [data-document="${CSS.escape(shelf.dataset.document)}"]`)?.setAttribute("aria-current", "true");
    show(() => server.chapters(shelf.dataset.document), `#${TAB}`);
  }
});

element.querySelector("#lookup-filter").addEventListener("input", (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  for (const group of element.querySelectorAll("[data-group]")) {
    const rows = [...group.querySelectorAll("li")];
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    group.hidden = rows.every((row) => row.hidden);
  }
});

// The sources may have changed since the program was started (data-changes), and change while the page is open (result.js).
async function refresh() {
  const answer = await server.documents(null).catch(() => ({}));
  if (!answer.html) return;
  const open = element.querySelector("nav [aria-current]")?.dataset.document;
  element.querySelector(".documents").innerHTML = answer.html;
  if (open) element.querySelector(`nav [data-document="${CSS.escape(open)}"]`)?.setAttribute("aria-current", "true");
  const left = [...form.querySelectorAll("[name=level]:not(:checked)")].map((box) => box.value);
  form.querySelector(".ticks").innerHTML = answer.ticks;
  for (const box of form.querySelectorAll("[name=level]")) box.checked = !left.includes(box.value);
  element.querySelector("#lookup-filter").dispatchEvent(new Event("input"));
}
document.addEventListener("bht:sources", refresh);
if ("changes" in element.querySelector(".lookup").dataset) refresh();

// An address such as #slaa-opp/lov/2005-06-17-62/%C2%A73-3 opens the provision.
function showAddressed() {
  const [tab, ...id] = location.hash.slice(1).split("/");
  if (tab === TAB && id.length) show(() => server.provision(id.map(decodeURIComponent).join("/")));
}
window.addEventListener("popstate", showAddressed);
window.addEventListener("hashchange", showAddressed);
showAddressed();
