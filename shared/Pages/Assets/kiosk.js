// A kiosk that nobody touches wipes itself: a question after the seconds that the page names, then a clean start.
(function () {
  "use strict";
  var idle = Number(document.body.dataset.idle || 0);
  var still = document.getElementById("still");
  if (!idle || !still) { return; }
  var left = document.getElementById("still-left");
  var touched = Date.now();
  function clean() { location.replace("/kiosk/clean"); }
  function touch() { touched = Date.now(); if (still.open) { still.close(); } }
  ["pointerdown", "keydown"].forEach(function (kind) {
    document.addEventListener(kind, function (event) { if (!still.open || event.target.id === "still-yes") { touch(); } }, true);
  });
  still.addEventListener("cancel", touch);
  document.getElementById("still-yes").addEventListener("click", touch);
  setInterval(function () {
    var since = (Date.now() - touched) / 1000;
    var rest = Math.ceil(idle + Number(still.dataset.seconds) - since);
    if (rest <= 0) { clean(); return; }
    if (since >= idle) { if (!still.open) { still.showModal(); } left.textContent = String(rest); }
  }, 250);
  // A page that the browser kept is not shown to the next person.
  window.addEventListener("pageshow", function (event) { if (event.persisted) { clean(); } });
})();
