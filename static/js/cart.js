// Cart: a changed quantity is saved by itself, and the cart redrawn in place.

const PAUSE = 500; // milliseconds after the last change
let timer;

async function save(form, focus) {
  const cart = document.getElementById("cart");
  cart.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of ["#cart", ".masthead__tools"]) {
      const old = document.querySelector(part);
      old.replaceChildren(...document.adoptNode(fresh.querySelector(part)).childNodes);
    }
    document.getElementById(focus)?.focus();
    cart.removeAttribute("aria-busy");
  } catch {
    form.submit(); // let the browser show what went wrong
  }
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest(".quantity--own");
  if (!form) return;
  clearTimeout(timer);
  if (!form.checkValidity()) return;
  timer = setTimeout(() => save(form, document.activeElement?.id || target.id), PAUSE);
});
