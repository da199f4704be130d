// Put products in order by drag or by keyboard; the numbers of the plain form are what is sent.
function start(form) {
  const list = form.querySelector(".shelf");
  const said = form.querySelector("[data-shelf-said]");
  const items = () => [...list.children];
  const number = (item) => item.querySelector("input[type=number]");
  let dragged = null;

  // All down to the last product that was put somewhere get a number; the rest stays as it is.
  function renumber(moved) {
    const all = items();
    const last = all.findLastIndex((item) => item === moved || number(item).value !== "");
    all.forEach((item, place) => {
      if (place <= last) number(item).value = place + 1;
      item.classList.toggle("shelf-placed", number(item).value !== "");
    });
  }

  function put(item, place) {
    const all = items();
    const target = Math.max(0, Math.min(place, all.length - 1));
    const from = all.indexOf(item);
    if (from === target) return;
    all[target][target > from ? "after" : "before"](item);
    renumber(item);
    said.textContent = said.dataset.words.replace("{name}", item.dataset.name).replace("{place}", target + 1);
  }

  list.addEventListener("keydown", (event) => {
    const handle = event.target.closest(".shelf-handle");
    if (!handle) return;
    const item = handle.closest("li");
    const place = items().indexOf(item);
    const to = { ArrowUp: place - 1, ArrowLeft: place - 1, ArrowDown: place + 1, ArrowRight: place + 1, Home: 0 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    put(item, to);
    handle.focus();
  });

  list.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(".shelf-handle");
    if (!handle || event.button) return;
    dragged = handle.closest("li");
    dragged.classList.add("shelf-dragged");
    handle.setPointerCapture(event.pointerId);
  });
  list.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest(".shelf-item");
    if (over && over !== dragged && list.contains(over)) put(dragged, items().indexOf(over));
  });
  const drop = () => {
    dragged?.classList.remove("shelf-dragged");
    dragged = null;
  };
  list.addEventListener("pointerup", drop);
  list.addEventListener("pointercancel", drop);

  form.querySelector("[data-shelf-help]").hidden = false;
  list.querySelectorAll(".shelf-handle").forEach((handle) => { handle.hidden = false; });
  form.dataset.ready = "";
}

document.querySelectorAll("form[data-shelf]").forEach(start);
