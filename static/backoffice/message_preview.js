// Show the text of a message as an example order would make it, while it is being written.
const PAUSE = 350; // milliseconds after the last key
const FIELDS = ["csrfmiddlewaretoken", "event", "channel", "audience", "subject", "body"];

function watch(place) {
  const form = place.closest("form");
  let timer;
  let latest = 0;

  async function refresh() {
    const mine = ++latest;
    const data = new FormData();
    for (const name of FIELDS) data.set(name, form.elements[name]?.value ?? "");
    try {
      const response = await fetch(place.dataset.url, { method: "POST", body: data });
      if (!response.ok || mine !== latest) return;
      const open = place.querySelector("details")?.open;
      place.innerHTML = await response.text();
      if (open) place.querySelector("details").open = true;
    } catch {
      // Without a connection the last preview stays.
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });
}

function start() {
  document.querySelectorAll("[data-message-preview]").forEach(watch);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
