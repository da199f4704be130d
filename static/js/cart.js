// Cart: a changed quantity is saved by itself, and the cart redrawn in place.

const PAUSE = 500; // milliseconds after the last change
let timer;
let saving;

function changed() {
  const forms = [...document.querySelectorAll(".quantity--own")];
  return forms.filter((form) => {
    const { value, defaultValue } = form.elements.quantity;
    return value !== defaultValue && form.checkValidity();
  });
}

// One after the other, until what is shown is what the server has: the last number typed is the last one sent.
async function save() {
  const cart = document.getElementById("cart");
  cart.setAttribute("aria-busy", "true");
  let text;
  let form = changed()[0];
  try {
    for (; form; form = changed()[0]) {
      const { value } = form.elements.quantity;
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (!answer.ok) throw new Error(String(answer.status));
      form.elements.quantity.defaultValue = value;
      text = await answer.text();
    }
  } catch {
    form.submit(); // let the browser show what went wrong
    return false;
  }
  if (text) redraw(new DOMParser().parseFromString(text, "text/html"));
  cart.removeAttribute("aria-busy");
  return true;
}

function redraw(fresh) {
  const box = document.activeElement.closest("quantity-box");
  const field = box?.querySelector("input").id;
  const place = box && [...box.children].indexOf(document.activeElement);
  for (const part of ["#cart", ".masthead__tools"]) {
    const old = document.querySelector(part);
    old.replaceChildren(...document.adoptNode(fresh.querySelector(part)).childNodes);
  }
  document.getElementById(field)?.parentElement.children[place]?.focus();
}

function saveNow() {
  clearTimeout(timer);
  saving ??= save().finally(() => (saving = undefined));
  return saving;
}

function saveSoon() {
  clearTimeout(timer);
  if (changed().length) timer = setTimeout(saveNow, PAUSE);
}

document.addEventListener("input", saveSoon);

// Who goes on at once takes the new number along.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("#cart a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || (!saving && changed().length === 0)) return;
  event.preventDefault();
  if (await saveNow()) location.assign(link.href);
});

addEventListener("pageshow", saveSoon);
saveSoon(); // a number typed before this was here
document.documentElement.classList.add("live-cart");
