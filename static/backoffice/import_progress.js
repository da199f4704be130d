// Keep the page of a running import up to date, and show its result once it is there.
const PAUSE = 1500; // milliseconds

function watch(place) {
  const bar = place.querySelector("progress");
  const count = place.querySelector("[data-import-count]");
  const number = new Intl.NumberFormat(document.documentElement.lang || undefined);

  async function ask() {
    let far;
    try {
      const response = await fetch(place.dataset.url, { headers: { Accept: "application/json" } });
      if (response.ok) far = await response.json();
    } catch {
      // Without a connection it is asked again later.
    }
    if (far && !far.working) {
      location.reload();
      return;
    }
    if (far) show(far);
    setTimeout(ask, document.hidden ? 5 * PAUSE : PAUSE);
  }

  function show(far) {
    bar.max = Math.max(far.total, 1);
    bar.value = far.done;
    count.textContent = `${number.format(far.done)} / ${number.format(far.total)}`;
    for (const [key, value] of Object.entries(far.counts)) {
      const figure = document.querySelector(`[data-import-figure="${key}"]`);
      if (figure) figure.textContent = number.format(value);
    }
  }

  setTimeout(ask, PAUSE);
}

document.querySelectorAll("[data-import-progress]").forEach(watch);
