// Category and search listings: sort as soon as an order is chosen, and keep addresses short.

const filters = document.getElementById("filters");
const sort = document.getElementById("sort");

filters?.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) {
    if (value === "") formData.delete(name);
  }
});

if (sort) {
  const shown = ([...sort.options].find((option) => option.defaultSelected) ?? sort.options[0]).value;
  const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  sort.addEventListener("change", () => filters.requestSubmit());
  if (sort.value !== shown && !cameBack) filters.requestSubmit(); // chosen before this was here
  // Who comes back finds the list as it was, and a choice that says so: to sort again would hold them here.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted || cameBack) sort.value = shown;
  });
}

document.documentElement.classList.add("live-listing");
