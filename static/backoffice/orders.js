// Tick all orders of a page at once, and say how many are ticked.
const bar = document.querySelector("[data-tick-all]");
const ticks = [...document.querySelectorAll('input[name="order"][form="orders-many"]')];

if (bar && ticks.length) {
  const all = bar.querySelector("input");
  const said = bar.querySelector("[data-ticked]");
  const count = () => {
    const ticked = ticks.filter((tick) => tick.checked).length;
    all.checked = ticked === ticks.length;
    all.indeterminate = ticked > 0 && ticked < ticks.length;
    said.textContent = ticked ? `${ticked} / ${ticks.length}` : "";
  };
  all.addEventListener("change", () => {
    for (const tick of ticks) tick.checked = all.checked;
    count();
  });
  for (const tick of ticks) tick.addEventListener("change", count);
  bar.hidden = false;
  count();
}
