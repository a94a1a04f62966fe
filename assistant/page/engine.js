// Runs once, when the switch is on the page. Gradio gives: element, props (its values). The choice is kept in this browser, with
// where the text goes: a model elsewhere is asked for anew. What was kept comes back in
// restore_choice (engine.py).

function keep(isOn) {
  try {
    if (isOn) localStorage.setItem(props.kept, props.host);
    else localStorage.removeItem(props.kept);
  } catch {}  // a browser that keeps nothing is no fault
}

element.addEventListener("change", (event) => {
  const isOn = event.target.checked;
  keep(isOn);
  props.value = isOn ? props.chosen : "";
  requestAnimationFrame(() => element.querySelector("input").focus({ preventScroll: true }));
});
