// Runs once, when the rating is on the page. Gradio gives: element, trigger (an event to Python), watch (after a value has changed).

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rate], [data-rate-send]");
  if (!button) return;
  if (button.dataset.rate) return trigger("select", { rating: button.dataset.rate });
  const chosen = element.querySelector('input[name="rate-reason"]:checked');
  trigger("select", { rating: "down", reason: chosen?.value ?? "" });
});

// What was clicked is gone: the keyboard goes on from what stands in its place.
let clicked = false;
element.addEventListener("click", (event) => { clicked = Boolean(event.target.closest("button")); }, true);
watch("value", () => {
  if (!clicked) return;
  clicked = false;
  const target = element.querySelector("[data-focus]") ?? element.querySelector("button");
  target?.focus({ preventScroll: true });
  target?.closest(".rate").scrollIntoView({ block: "nearest" });
});
