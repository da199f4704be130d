// Product page: thumbnails move the gallery; choosing a variant changes the offer in place.

const PARTS = ["gallery", "offer", "choices", "buy"];

class PictureGallery extends HTMLElement {
  connectedCallback() {
    const track = this.querySelector(".gallery__track");
    const thumbs = [...this.querySelectorAll(".gallery__thumb")];
    const items = [...this.querySelectorAll(".gallery__item")];
    if (thumbs.length === 0) return;
    thumbs.forEach((thumb, index) =>
      thumb.addEventListener("click", (event) => {
        event.preventDefault();
        track.scrollTo({ left: items[index].offsetLeft - items[0].offsetLeft, behavior: motion() });
      }),
    );
    const seen = new IntersectionObserver(
      (entries) => {
        for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
          thumbs.forEach((thumb, index) => thumb.setAttribute("aria-current", String(items[index] === target)));
        }
      },
      { root: track, threshold: 0.6 },
    );
    for (const item of items) seen.observe(item);
  }
}

function motion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

let request;

async function choose(url) {
  request?.abort();
  request = new AbortController();
  // Who goes on at once buys what was chosen last, not what is still shown.
  const wanted = document.querySelector("#buy [name=variant]");
  if (wanted) wanted.value = new URL(url).searchParams.get("variant");
  const answer = await fetch(url, { signal: request.signal });
  if (!answer.ok) throw new Error(String(answer.status));
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of PARTS) {
    document.getElementById(id)?.replaceChildren(...document.adoptNode(fresh.getElementById(id)).childNodes);
  }
  history.replaceState(null, "", url);
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-variant]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const place = [...document.querySelectorAll("a[data-variant]")].indexOf(link);
  try {
    await choose(link.href);
    document.querySelectorAll("a[data-variant]")[place]?.focus();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(link.href);
  }
});

customElements.define("picture-gallery", PictureGallery);
