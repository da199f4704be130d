// Say in words, beside the button, what allauth's passkey scripts report.

// Last of its kind on the page: when this runs, the buttons are listened to.
document.addEventListener("DOMContentLoaded", () => document.documentElement.classList.add("live-passkeys"));

const problem = document.getElementById("passkey-problem");
let pressed = null;

document.addEventListener(
  "click",
  (event) => {
    pressed = event.target.closest("button") ?? pressed;
    problem.hidden = true;
  },
  true,
);

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const { failed, unsupported } = problem.dataset;
  // A SecurityError: the address is a number or not secure.
  const possible = window.PublicKeyCredential && event.detail.exception.name !== "SecurityError";
  pressed?.before(problem);
  problem.querySelector("p").textContent = possible ? failed : unsupported;
  problem.hidden = false;
});
