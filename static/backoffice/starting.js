// Start what a page leaves as data: <shop-start data-call="NAME" data-with="[arguments]">.
// A name that begins with a capital is a constructor, any other a function. As an element it starts at
// once wherever it is put: in forms that are added, dialogs, results that are fetched.
(() => {
  const start = (element) => {
    const { call, with: given } = element.dataset;
    const named = window[call];
    if (typeof named !== "function" || !element.isConnected) return;
    element.removeAttribute("data-call");
    if (/^[A-Z]/.test(call)) Reflect.construct(named, JSON.parse(given));
    else named(...JSON.parse(given));
  };

  class ShopStart extends HTMLElement {
    connectedCallback() {
      if (!this.dataset.call) return;
      if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", () => start(this), { once: true });
      } else if (typeof window[this.dataset.call] === "function") {
        start(this);
      } else {
        window.addEventListener("load", () => start(this), { once: true });
      }
    }
  }

  customElements.define("shop-start", ShopStart);
})();
