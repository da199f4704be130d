// Pretend phone: show what arrives by itself, and leave a PIN that is being typed alone.

const PAUSE = 1500; // milliseconds between two looks

async function look() {
  const screen = document.getElementById("screen");
  const shown = screen.querySelector("[data-prompt]")?.dataset.prompt;
  try {
    const answer = await fetch(location.pathname);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("screen");
    const asked = fresh.querySelector("[data-prompt]")?.dataset.prompt;
    if (shown && shown === asked) return;
    if (fresh.textContent !== screen.textContent) {
      screen.replaceChildren(...document.adoptNode(fresh).childNodes);
      screen.querySelector("#pin")?.focus();
    }
  } catch {
    // The shop is being restarted: the next look will find it.
  }
}

document.documentElement.classList.add("live-phone");
setInterval(() => document.hidden || look(), PAUSE);
