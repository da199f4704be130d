// Order page: print, where printing works. The payment's news redraws the page around the button.

document.documentElement.classList.add("live-order");
document.addEventListener("click", ({ target }) => target.closest("[data-print]") && print());
