
// The search: a row stays when it has every word asked for.
const search = document.querySelector(".search");
if (search) {
  const asked = search.querySelector("input");
  const rows = [...document.querySelectorAll(".index tbody tr")];
  const words = rows.map((row) => row.textContent.toLowerCase());
  const look = () => {
    const wanted = asked.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    rows.forEach((row, at) => {
      row.hidden = !wanted.every((word) => words[at].includes(word));
      left += row.hidden ? 0 : 1;
    });
    document.getElementById("found").textContent = wanted.length ? `${left} of ${rows.length}` : "";
  };
  search.hidden = false;
  search.addEventListener("submit", (event) => event.preventDefault());
  asked.addEventListener("input", look);
  look();
}
