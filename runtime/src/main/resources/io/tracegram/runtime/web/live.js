// Live pages without losing the reader's place: fragments are merged into what is shown, node by
// node, so that focus, selection, open details and scroll position stay. Needs htmx.
(function () {
  'use strict';

  function key(node) {
    return node.nodeType === Node.ELEMENT_NODE ? node.id || node.getAttribute('data-key') : null;
  }

  function sameKind(a, b) {
    return a.nodeType === b.nodeType && a.nodeName === b.nodeName;
  }

  function find(from, wanted, kind) {
    for (let node = from; node; node = node.nextSibling) {
      if (key(node) === wanted && sameKind(node, kind)) {
        return node;
      }
    }
    return null;
  }

  function mergeAttributes(live, next) {
    for (const attribute of Array.from(live.attributes)) {
      const readersChoice = live.nodeName === 'DETAILS' && attribute.name === 'open';
      if (!readersChoice && !next.hasAttribute(attribute.name)) {
        live.removeAttribute(attribute.name);
      }
    }
    for (const attribute of Array.from(next.attributes)) {
      if (live.getAttribute(attribute.name) !== attribute.value) {
        live.setAttribute(attribute.name, attribute.value);
      }
    }
  }

  function mergeNode(live, next) {
    if (live.nodeType !== Node.ELEMENT_NODE) {
      if (live.nodeValue !== next.nodeValue) {
        live.nodeValue = next.nodeValue;
      }
    } else if (!live.hasAttribute('data-keep') && !live.isEqualNode(next)) {
      mergeAttributes(live, next);
      mergeChildren(live, next);
    }
  }

  function mergeChildren(live, next) {
    let cursor = live.firstChild;
    for (const child of Array.from(next.childNodes)) {
      const wanted = key(child);
      let match = null;
      if (wanted) {
        match = find(cursor, wanted, child);
      } else if (cursor && !key(cursor) && sameKind(cursor, child)) {
        match = cursor;
      }
      if (!match) {
        live.insertBefore(child, cursor);
      } else {
        if (match === cursor) {
          cursor = cursor.nextSibling;
        } else {
          live.insertBefore(match, cursor);
        }
        mergeNode(match, child);
      }
    }
    while (cursor) {
      const rest = cursor.nextSibling;
      live.removeChild(cursor);
      cursor = rest;
    }
  }

  htmx.defineExtension('steady', {
    isInlineSwap: function (style) {
      return style === 'steady';
    },
    handleSwap: function (style, target, fragment) {
      if (style !== 'steady') {
        return false;
      }
      mergeChildren(target, fragment);
      target.dispatchEvent(new CustomEvent('tracegram:merged', { bubbles: true }));
      return true;
    },
  });

  let lostSince = null;

  function tell(state, text) {
    const status = document.getElementById('connection');
    if (status && (status.dataset.state !== state || status.dataset.text !== text)) {
      status.dataset.state = state;
      status.dataset.text = text;
      status.querySelector('[data-role=text]').textContent = text;
      document.documentElement.dataset.connection = state;
    }
  }

  function connected() {
    lostSince = null;
    tell('live', 'Live');
  }

  function lost() {
    if (!lostSince) {
      lostSince = new Date();
    }
    const since = lostSince.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
    tell('lost', 'Connection lost at ' + since + ': figures are from before');
  }

  document.addEventListener('htmx:sseOpen', connected);
  document.addEventListener('htmx:sseError', lost);
  document.addEventListener('htmx:sendError', lost);
  document.addEventListener('htmx:responseError', lost);
  document.addEventListener('htmx:afterOnLoad', connected);
})();

// Ages go on counting between updates: an age that is not renewed shows that nothing came.
(function () {
  'use strict';

  const LATE_SECONDS = 60;
  let renewed = performance.now();

  function words(seconds) {
    if (seconds < 120) {
      return seconds + ' s ago';
    }
    if (seconds < 7200) {
      return Math.floor(seconds / 60) + ' min ago';
    }
    return seconds < 172800 ? Math.floor(seconds / 3600) + ' h ago' : Math.floor(seconds / 86400) + ' days ago';
  }

  function tick() {
    const elapsed = Math.floor((performance.now() - renewed) / 1000);
    for (const shown of document.querySelectorAll('[data-age]')) {
      const seconds = Number(shown.dataset.age) + elapsed;
      const text = words(seconds);
      if (shown.textContent !== text) {
        shown.textContent = text;
      }
      shown.toggleAttribute('data-late', seconds > LATE_SECONDS);
    }
  }

  document.addEventListener('tracegram:merged', function () {
    renewed = performance.now();
    tick();
  });
  tick();
  setInterval(tick, 1000);
})();
