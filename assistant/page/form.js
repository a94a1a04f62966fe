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

// A file goes straight to the program in the body of a request: it is on no disk, and no part of the page's own traffic.
async function post(data) {
  const file = data.get("file");
  const query = new URLSearchParams({ kind: data.get("kind") ?? "", name: file?.name ?? "" });
  let html;
  try {
    const tooLarge = file.size > Number(form.dataset.limit);
    const answer = await fetch(`${form.dataset.post}?${query}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream", ...(tooLarge && { "x-size": String(file.size) }) },
      body: tooLarge ? "" : file,
    });
    html = await answer.text();
    if (!answer.ok) throw new Error(answer.statusText);
  } catch {
    html = form.dataset.failed;
  }
  document.dispatchEvent(new CustomEvent("tool-result", { detail: { form: form.id, html } }));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearProblems();
  form.setAttribute("aria-busy", "true");
  setTimeout(() => form.removeAttribute("aria-busy"), LONGEST_WAIT_MS);
  const data = new FormData(form, event.submitter);
  if (form.dataset.post) return post(data);
  trigger("submit", { fields: [...data].filter(([, value]) => typeof value === "string") });
});
