// Order page: look again and again how the payment stands, and redraw what it changes.

const SOON = 2000; // milliseconds between two looks while an answer is on its way
const BY_HAND = 4000; // while somebody reads how to pay by hand
const LATER = 15000; // and while nothing is due: the money may still come
const PARTS = ["payment", "order-head", "order-parts"];
let redrawing = false;

const panel = () => document.getElementById("payment");

async function look() {
  const { state, message, news } = panel().dataset;
  if (state === "paid") return;
  if (!document.hidden && !redrawing) {
    try {
      const answer = await fetch(news, { headers: { Accept: "application/json" } });
      if (answer.ok) {
        const now = await answer.json();
        if (now.state !== state || now.message !== message) await redraw();
      }
    } catch {
      // Offline: the next look will tell.
    }
  }
  setTimeout(look, pause());
}

function pause() {
  if ("open" in panel().dataset) return SOON;
  return panel().querySelector("details[open]") ? BY_HAND : LATER;
}

async function redraw() {
  redrawing = true;
  try {
    const answer = await fetch(panel().dataset.page);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const kept = remember(panel());
    for (const id of PARTS) {
      const part = fresh.getElementById(id);
      if (part) document.getElementById(id).replaceWith(document.adoptNode(part));
    }
    bringBack(panel(), kept);
    document.getElementById("payment-said").textContent = panel().querySelector(".pay-panel__news")?.textContent ?? "";
    count();
  } finally {
    redrawing = false;
  }
}

// What a person has opened or typed stays.
function remember(old) {
  const field = old.querySelector("input[name=phone]");
  return {
    open: [...old.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent),
    typed: field && field.value !== field.defaultValue ? field.value : null,
    focused: field !== null && document.activeElement === field,
  };
}

function bringBack(fresh, { open, typed, focused }) {
  for (const summary of fresh.querySelectorAll("details > summary")) {
    if (open.includes(summary.textContent)) summary.parentElement.open = true;
  }
  const field = fresh.querySelector("input[name=phone]");
  if (field && typed !== null) field.value = typed;
  if (field && focused) field.focus();
}

// The pause before the same phone can be asked again runs down, and the note goes.
let clock;

function count() {
  clearInterval(clock);
  const note = document.querySelector("[data-countdown]");
  if (!note) return;
  const ends = Date.now() + 1000 * Number(note.dataset.countdown);
  clock = setInterval(() => {
    const left = Math.ceil((ends - Date.now()) / 1000);
    if (left <= 0 || !note.isConnected) {
      note.remove();
      clearInterval(clock);
    } else {
      const minutes = Math.floor(left / 60);
      note.querySelector("[data-seconds]").textContent = `${minutes}:${String(left % 60).padStart(2, "0")}`;
    }
  }, 1000);
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-pay]")) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});

addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));

document.documentElement.classList.add("live-payment");
count();
setTimeout(look, SOON);
