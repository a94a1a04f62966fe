// Runs once for each form of a tool. Gradio gives: element (round the form), trigger (an event to Python).

const form = element.querySelector("form");
const LONGEST_WAIT_MS = 180000;

function clearProblems() {
  for (const told of form.querySelectorAll(".field-problem")) {
    told.hidden = true;
    told.textContent = "";
  }
  form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
}

// A file goes straight to the program in the body of a request; nothing of it is kept (upload.py).
async function post(data) {
  const file = data.get("file");
  const show = (html) => document.dispatchEvent(new CustomEvent("tool-result", { detail: { form: form.id, html } }));
  if (file?.size > Number(form.dataset.limit))
    return show(form.dataset.tooLarge.replace("{size}", Math.ceil(file.size / 2 ** 20)));
  const query = new URLSearchParams({ language: document.documentElement.lang, kind: data.get("kind") ?? "", name: file?.name ?? "" });
  try {
    const headers = { "content-type": "application/octet-stream" };
    const answer = await fetch(`${form.dataset.post}?${query}`, { method: "POST", headers, body: file ?? "" });
    if (!answer.ok) throw new Error(answer.statusText);
    show(await answer.text());
  } catch {
    show(form.dataset.failed);
  }
}

// The name of the chosen file, in words of ours; a file can be dropped too.
const picker = form.querySelector('input[type="file"]');
function tellPicked() {
  form.querySelector(".picked").textContent = picker.files[0]?.name ?? picker.dataset.none;
}
picker?.addEventListener("change", tellPicked);
const area = form.querySelector(".pick");
for (const [name, isOver] of [["dragover", true], ["dragleave", false], ["drop", false]])
  area?.addEventListener(name, (event) => {
    event.preventDefault();
    area.classList.toggle("over", isOver);
    if (name !== "drop" || !event.dataTransfer.files.length) return;
    picker.files = event.dataTransfer.files;
    tellPicked();
  });

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearProblems();
  form.setAttribute("aria-busy", "true");
  setTimeout(() => form.removeAttribute("aria-busy"), LONGEST_WAIT_MS);
  const data = new FormData(form, event.submitter);
  if (form.dataset.post) return post(data);
  trigger("submit", { fields: [...data].filter(([, value]) => typeof value === "string") });
});
