// Checkout: another county or way of delivery changes the choices and the sums in place.

const form = document.getElementById("checkout");
const WATCHED = ["address", "county", "delivery_method", "payment_method"];
const PARTS = ["delivery-methods", "order-summary"];
let request;

const values = (state) =>
  String(WATCHED.map((name) => form.querySelector(`[name=${name}]${state}, [name=${name}] option${state}`)?.value));
const chosen = () => values(":checked");
let drawn = values(":is([checked], [selected])"); // what the server drew the page for

async function refresh() {
  request?.abort();
  request = new AbortController();
  drawn = chosen();
  const body = new FormData(form);
  body.set("action", "refresh");
  body.delete("voucher"); // perhaps half typed
  const summary = document.getElementById("order-summary");
  summary.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(location.pathname, { method: "POST", body, signal: request.signal });
    if (answer.redirected) location.replace(answer.url); // bought meanwhile, or nothing left to buy
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const kept = document.activeElement?.name === "delivery_method" ? document.activeElement.value : null;
    for (const id of PARTS) {
      document.getElementById(id).replaceChildren(...document.adoptNode(fresh.getElementById(id)).childNodes);
    }
    drawn = chosen();
    if (kept) form.querySelector(`[name=delivery_method][value="${CSS.escape(kept)}"]`)?.focus();
    summary.removeAttribute("aria-busy");
  } catch (error) {
    // The server prices the order when it is placed, so an old sum here is never charged.
    if (error.name === "AbortError") return;
    drawn = undefined;
    summary.removeAttribute("aria-busy");
  }
}

form.addEventListener("change", ({ target }) => {
  if (WATCHED.includes(target.name)) refresh();
});

form.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  if (event.submitter?.value === "place") form.dataset.sent = "yes";
});

// Fields are filled in by quick people before this runs, and by the browser before and after.
function catchUp() {
  if (chosen() !== drawn) refresh();
}

addEventListener("pageshow", ({ persisted }) => {
  delete form.dataset.sent;
  if (persisted) drawn = undefined; // the cart may be another one by now
  catchUp();
});

catchUp();
document.documentElement.classList.add("live-checkout");
document.getElementById("errors")?.focus();
