// Cart: a changed quantity is saved by itself, and the cart redrawn in place.

const PAUSE = 500; // milliseconds after the last change
let timer;

async function save(form) {
  const cart = document.getElementById("cart");
  cart.setAttribute("aria-busy", "true");
  const field = form.querySelector("input[name=quantity]").id;
  const place = [...document.getElementById(field).parentElement.children].indexOf(document.activeElement);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of ["#cart", ".masthead__tools"]) {
      const old = document.querySelector(part);
      old.replaceChildren(...document.adoptNode(fresh.querySelector(part)).childNodes);
    }
    document.getElementById(field)?.parentElement.children[place]?.focus();
    cart.removeAttribute("aria-busy");
  } catch {
    form.submit(); // let the browser show what went wrong
  }
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest(".quantity--own");
  if (!form) return;
  clearTimeout(timer);
  if (form.checkValidity()) timer = setTimeout(() => save(form), PAUSE);
});
