// A kiosk: nobody's page stays, and a program that does not answer never leaves the browser's own error page behind.
(function () {
  "use strict";
  var gone = document.getElementById("gone");

  // Asks whether the program answers before a page is left; what was pressed waits, and says so.
  function answered(then, otherwise) {
    fetch("/assets/mark.svg", { method: "HEAD", cache: "no-store", credentials: "same-origin" }).then(function () {
      if (gone) { gone.hidden = true; }
      then();
    }, function () {
      if (gone) { gone.hidden = false; }
      if (otherwise) { otherwise(); }
    });
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented) { return; }
    event.preventDefault();
    answered(function () { form.submit(); }, function () { delete form.dataset.sent; });
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    answered(function () { location.assign(link.href); });
  });

  // Digits for a kiosk that has no keyboard.
  document.addEventListener("click", function (event) {
    var key = event.target.closest && event.target.closest("[data-digit]");
    var code = document.getElementById("code");
    if (!key || !code) { return; }
    code.value = key.dataset.digit === "" ? "" : (code.value + key.dataset.digit).slice(0, 8);
  });

  // A question that is held back and found no answer is asked again.
  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var asker = event.detail.elt;
      if (asker.hasAttribute("data-again")) { setTimeout(function () { window.htmx.trigger(asker, "again"); }, 1500); }
    });
  });

  // A page that the browser kept is not shown to the next person. Wiped at once; the clean start follows when the program answers.
  var isWiped = false;
  function clean() {
    if (!isWiped) {
      isWiped = true;
      document.querySelector("main").replaceChildren();
      if (still && still.open) { still.close(); }
    }
    answered(function () { location.replace("/kiosk/clean"); }, function () { setTimeout(clean, 2000); });
  }
  var idle = Number(document.body.dataset.idle || 0);
  var still = document.getElementById("still");
  if (idle && still) {
    var left = document.getElementById("still-left");
    var touched = Date.now();
    var touch = function () { touched = Date.now(); if (still.open) { still.close(); } };
    ["pointerdown", "keydown"].forEach(function (kind) {
      document.addEventListener(kind, function (event) { if (!still.open || event.target.id === "still-yes") { touch(); } }, true);
    });
    still.addEventListener("cancel", touch);
    document.getElementById("still-yes").addEventListener("click", touch);
    setInterval(function () {
      var since = (Date.now() - touched) / 1000;
      var rest = Math.ceil(idle + Number(still.dataset.seconds) - since);
      if (isWiped) { return; }
      if (rest <= 0) { clean(); return; }
      if (since >= idle) { if (!still.open) { still.showModal(); } left.textContent = String(rest); }
    }, 250);
    window.addEventListener("pageshow", function (event) { if (event.persisted) { clean(); } });
  }

  // The waiting room's screen: what was called last is said once, to a screen reader and, where sound is on, aloud.
  var said = document.getElementById("called");
  function newest() { var row = document.querySelector("[data-call]"); return row ? row.dataset.call : ""; }
  var last = newest();
  function chime() {
    var audio = new AudioContext();
    [660, 880].forEach(function (pitch, i) {
      var tone = audio.createOscillator(), volume = audio.createGain(), at = audio.currentTime + i * 0.25;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.2, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + 0.6);
      tone.connect(volume).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 0.6);
    });
  }
  if (said) {
    document.addEventListener("htmx:afterSettle", function () {
      var now = newest();
      if (now === last) { return; }
      last = now;
      var row = document.querySelector("[data-call]");
      said.textContent = row ? row.dataset.say : "";
      if (!row) { return; }
      row.classList.add("fresh");
      if (said.dataset.sound !== "on") { return; }
      chime();
      if (window.speechSynthesis) {
        var speech = new SpeechSynthesisUtterance(row.dataset.say);
        speech.lang = document.documentElement.lang;
        setTimeout(function () { window.speechSynthesis.speak(speech); }, 900);
      }
    });
  }
})();
