// Checkout: another county or way of delivery changes the choices and the sums in place.

const form = document.getElementById("checkout");
const PARTS = ["delivery-methods", "order-summary"];
let request;

async function refresh() {
  request?.abort();
  request = new AbortController();
  const body = new FormData(form);
  body.set("action", "refresh");
  const summary = document.getElementById("order-summary");
  summary.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(location.pathname, { method: "POST", body, signal: request.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const kept = document.activeElement?.name === "delivery_method" ? document.activeElement.value : null;
    for (const id of PARTS) {
      document.getElementById(id).replaceChildren(...document.adoptNode(fresh.getElementById(id)).childNodes);
    }
    if (kept) form.querySelector(`[name=delivery_method][value="${CSS.escape(kept)}"]`)?.focus();
    summary.removeAttribute("aria-busy");
  } catch (error) {
    // The server prices the order when it is placed, so an old sum here is never charged.
    if (error.name !== "AbortError") summary.removeAttribute("aria-busy");
  }
}

form.addEventListener("change", ({ target }) => {
  if (target.name === "county" || target.name === "delivery_method") refresh();
});

form.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  if (event.submitter?.value === "place") form.dataset.sent = "yes";
});

addEventListener("pageshow", () => delete form.dataset.sent);

document.getElementById("errors")?.focus();
