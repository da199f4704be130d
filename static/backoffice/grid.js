// A table to write in: move by keyboard, paste a block from a spreadsheet, see what is not saved yet.
const CELLS = "tbody input[data-column]";

function start(form) {
  const cells = [...form.querySelectorAll(CELLS)];
  const rows = [...form.querySelectorAll("tbody tr")]
    .map((row) => [...row.querySelectorAll("input[data-column]")])
    .filter((row) => row.length);
  const count = form.querySelector("[data-grid-count]");
  let sending = false;

  const changed = (cell) => cell.value.trim() !== cell.dataset.was;

  function mark() {
    let open = 0;
    for (const cell of cells) {
      cell.classList.toggle("grid-changed", changed(cell));
      if (changed(cell)) open += 1;
    }
    if (count) count.textContent = open ? `(${open})` : "";
    return open;
  }

  function placeOf(cell) {
    const row = rows.findIndex((each) => each.includes(cell));
    return [row, rows[row]?.indexOf(cell) ?? -1];
  }

  function go(row, column) {
    const cell = rows[row]?.[column];
    if (!cell) return false;
    cell.focus();
    cell.select();
    return true;
  }

  function move(event, cell) {
    const [row, column] = placeOf(cell);
    const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    const atStart = whole || (cell.selectionStart === 0 && cell.selectionEnd === 0);
    const atEnd = whole || cell.selectionStart === cell.value.length;
    switch (event.key) {
      case "ArrowUp": return go(row - 1, column);
      case "ArrowDown": return go(row + 1, column);
      case "Enter": return !event.ctrlKey && !event.metaKey && (go(row + (event.shiftKey ? -1 : 1), column) || true);
      case "ArrowLeft": return atStart && go(row, column - 1);
      case "ArrowRight": return atEnd && go(row, column + 1);
      default: return false;
    }
  }

  form.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.(CELLS);
    if (!cell) return;
    if (event.key === "Escape") {
      cell.value = cell.dataset.was;
      cell.select();
      mark();
    } else if (move(event, cell)) {
      event.preventDefault();
    }
  });

  form.addEventListener("paste", (event) => {
    const cell = event.target.closest?.(CELLS);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!cell || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    const [top, left] = placeOf(cell);
    text.replace(/\r?\n$/, "").split(/\r?\n/).forEach((line, down) => {
      line.split("\t").forEach((value, across) => {
        const target = rows[top + down]?.[left + across];
        if (target) target.value = value.trim();
      });
    });
    mark();
  });

  form.addEventListener("input", mark);
  form.addEventListener("submit", () => { sending = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && mark()) event.preventDefault();
  });
  mark();
  form.querySelector("[aria-invalid]")?.focus();
  form.dataset.ready = "";
}

document.querySelectorAll("form[data-grid]").forEach(start);
