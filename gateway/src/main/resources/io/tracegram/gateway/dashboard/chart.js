// Draws today's quarter-hours from their table, so that chart and table cannot differ. A
// quarter-hour without an account is drawn as a gap. Needs uPlot; drawing only, no account is made.
(function () {
  'use strict';

  const PARTS = ['lots', 'idle', 'overhead', 'unattributed'];
  const QUARTER = 900;
  const UNITS = { kwh: 'kWh', co2e: 'kg CO₂e' };

  const plot = document.getElementById('plot');
  const readout = document.getElementById('readout');
  let chart = null;
  let shown = '';

  function unit() {
    const chosen = document.querySelector('#unit-choice input:checked');
    return chosen ? chosen.value : 'kwh';
  }

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  }

  function read(table, which) {
    const rows = new Map();
    let last = 0;
    for (const row of table.querySelectorAll('tbody tr')) {
      const start = Number(row.dataset.start);
      last = Math.max(last, start);
      rows.set(start, row.dataset[which] ? row.dataset[which].split(' ').map(Number) : null);
    }
    return { rows: rows, last: last };
  }

  function series(table, which) {
    const from = Number(table.dataset.from);
    const to = Number(table.dataset.to);
    const { rows, last } = read(table, which);
    const starts = [];
    const stacked = PARTS.map(function () { return []; });
    const gaps = [];
    for (let start = from; start < to; start += QUARTER) {
      starts.push(start);
      const values = rows.get(start);
      if (!values && start <= last) {
        gaps.push(start);
      }
      let sum = 0;
      PARTS.forEach(function (part, i) {
        sum += values ? values[i] : 0;
        stacked[i].push(values ? sum : null);
      });
    }
    return { starts: starts, stacked: stacked, gaps: gaps, zone: table.dataset.zone };
  }

  // Hatching tells the parts apart without colour.
  function fill(part) {
    return function (u) {
      const tint = colour(part);
      if (part !== 'idle' && part !== 'unattributed') {
        return tint;
      }
      const tile = document.createElement('canvas');
      tile.width = tile.height = 8;
      const draw = tile.getContext('2d');
      draw.fillStyle = tint;
      draw.fillRect(0, 0, 8, 8);
      draw.strokeStyle = colour('card');
      draw.lineWidth = part === 'idle' ? 1.6 : 2.2;
      const rising = part === 'idle';
      for (const shift of [-8, 0, 8]) {
        draw.beginPath();
        draw.moveTo(shift, rising ? 8 : 0);
        draw.lineTo(shift + 8, rising ? 0 : 8);
        draw.stroke();
      }
      return u.ctx.createPattern(tile, 'repeat');
    };
  }

  function drawGaps(data) {
    return function (u) {
      if (!data.gaps.length) {
        return;
      }
      u.ctx.save();
      u.ctx.fillStyle = colour('faint');
      for (const start of data.gaps) {
        const left = u.valToPos(start, 'x', true);
        const right = u.valToPos(start + QUARTER, 'x', true);
        u.ctx.fillRect(left, u.bbox.top, right - left, u.bbox.height);
      }
      u.ctx.restore();
    };
  }

  function clock(zone) {
    const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone });
    return function (seconds) {
      return format.format(new Date(seconds * 1000));
    };
  }

  function tell(data, which, time) {
    return function (u) {
      const i = u.cursor.idx;
      if (i === null || i === undefined) {
        readout.textContent = '';
        return;
      }
      const span = time(data.starts[i]) + ' to ' + time(data.starts[i] + QUARTER) + ': ';
      if (data.stacked[0][i] === null) {
        readout.textContent = span + (data.gaps.includes(data.starts[i]) ? 'no data' : 'not closed yet');
        return;
      }
      const total = data.stacked[PARTS.length - 1][i];
      const digits = which === 'kwh' ? 1 : 2;
      const parts = PARTS.map(function (part, k) {
        const value = data.stacked[k][i] - (k ? data.stacked[k - 1][i] : 0);
        return part + ' ' + value.toFixed(digits);
      });
      readout.textContent = span + total.toFixed(digits) + ' ' + UNITS[which] + ' (' + parts.join(', ') + ')';
    };
  }

  function options(data, which) {
    const time = clock(data.zone);
    const axis = { stroke: colour('muted'), font: '12px ' + colour('sans'), ticks: { show: false } };
    const bars = uPlot.paths.bars({ size: [0.84, 40], align: 1, radius: 0 });
    return {
      width: plot.clientWidth,
      height: plot.clientHeight,
      padding: [8, 22, 0, 0],
      tzDate: function (seconds) { return uPlot.tzDate(new Date(seconds * 1000), data.zone); },
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: { x: { time: true, range: [data.starts[0], data.starts[data.starts.length - 1] + QUARTER] }, y: { range: function (u, min, max) { return [0, max > 0 ? max * 1.08 : 1]; } } },
      axes: [
        Object.assign({ grid: { show: false }, size: 26, space: 70, values: function (u, splits) { return splits.map(time); } }, axis),
        Object.assign({ grid: { stroke: colour('line'), width: 1 }, size: 52, space: 44 }, axis),
      ],
      // The tallest sum is drawn first and the shorter ones over it.
      series: [{}].concat(PARTS.map(function (part) {
        return { fill: fill(part), width: 0, stroke: 'transparent', paths: bars, points: { show: false } };
      }).reverse()),
      hooks: { drawClear: [drawGaps(data)], setCursor: [tell(data, which, time)] },
    };
  }

  function draw() {
    const table = document.getElementById('quarters-table');
    const which = unit();
    if (!plot || !table || !Number(table.dataset.to) || !plot.clientWidth) {
      return;
    }
    const data = series(table, which);
    const state = JSON.stringify([data, which, plot.clientWidth, colour('ink')]);
    if (state === shown) {
      return;
    }
    shown = state;
    if (chart) {
      chart.destroy();
    }
    chart = new uPlot(options(data, which), [data.starts].concat(data.stacked.slice().reverse()), plot);
  }

  document.addEventListener('tracegram:merged', draw);
  document.addEventListener('change', function (event) {
    if (event.target.name === 'unit') {
      draw();
    }
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  if (plot) {
    new ResizeObserver(draw).observe(plot);
  }
  draw();
})();
