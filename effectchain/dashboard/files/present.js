/* What the trainer's stage shows, as numbers and paths for SVG: curves, names at their ends, guesses, one customer, bars.

   const { frame, curves, customer, bars, mini } = EffectChain.present;
   view = { width, height, unit, isOpen, grown, withBaseline, kind, room }
   unit: pixels of a letter's height; isOpen: the model has shown; grown: how much of it, 0 to 1; room: guesses and their middle.
*/
(function () {
  'use strict';

  const COLOURS = ['#5fd6a8', '#b9a3f0', '#6cb8f2', '#f2a0bd'];
  const DASHES = ['', '1.1 .5', '.25 .5', '1.6 .45 .25 .45'];
  const BASELINE = '#9db0c2';
  const GUESS = '#ffb454';

  function point(x, y) { return x.toFixed(1) + ',' + y.toFixed(1); }
  function within(f, y) { return Math.min(Math.max(y, f.top), f.bottom); }

  /* Where axes stand, and where weeks and values are along them. */
  function frame(of, view, isCustomer) {
    const { unit, width, height, room } = view;
    const narrow = width < 34 * unit;
    const widest = of.y.ticks.reduce((most, tick) => Math.max(most, tick.label.length), 2);
    const left = (0.62 * widest + 0.9) * unit;
    const names = narrow ? (room.dots.length ? 9.4 : 7.8) : 14.2;
    const right = width - (isCustomer ? 2.8 : names) * unit;
    const top = 1.9 * unit;
    const bottom = height - 2 * unit;
    const { low, high } = of.y;
    const every = Math.max(1, Math.ceil(of.y.ticks.length * 1.5 * unit / Math.max(bottom - top, unit)));
    const fits = Math.max(1, Math.ceil(of.x.length * 4.4 * unit / Math.max(right - left, unit)));
    return {
      left, right, top, bottom, narrow, known: of.known, unit: headed(of, narrow),
      x: (week) => left + week / of.weeks * (right - left),
      y: (value) => bottom - (value - low) / (high - low) * (bottom - top),
      yTicks: of.y.ticks.filter((_, place) => place % every === 0),
      xTicks: of.x.filter((_, place) => place % fits === 0),
    };
  }

  function headed(of, narrow) {
    const whole = of.title && of.unit ? of.title + ' (' + of.unit + ')' : of.title || of.unit;
    return narrow && whole.length > 44 ? of.title || of.unit : whole;
  }

  /* All lines of a chart, as far as they are uncovered, with what stands beside them. */
  function curves(chart, f, view) {
    const lines = coloured(chart, view.unit);
    const seen = lines.filter((line) => view.withBaseline || !line.is_baseline);
    const reach = view.isOpen ? chart.known + (chart.weeks - chart.known) * view.grown : chart.known;
    return {
      lines,
      paths: seen.map((line) => ({ ...line, d: trace(line.values, line.is_baseline ? line.values.length : reach, f) })),
      bands: lines.filter((line) => line.low.length).map((line) => ({ ...line, band: band(line, f) })),
      tips: seen.filter((line) => !line.is_baseline).map((line) => tip(line, reach, f)),
      dots: view.room.dots.map((value, place) => dot(value, place, f, view.unit)),
      names: names(seen, f, view),
    };
  }

  function coloured(chart, unit) {
    let place = 0;
    return chart.lines.map((line) => {
      if (line.is_baseline) { return { ...line, colour: BASELINE, dash: (0.45 * unit) + ' ' + (0.35 * unit) }; }
      const dash = DASHES[place % 4].split(' ').filter(Boolean).map((size) => Number(size) * unit).join(' ');
      const found = { ...line, colour: COLOURS[place % 4], dash };
      place += 1;
      return found;
    });
  }

  function trace(values, reach, f) {
    const whole = Math.min(values.length, Math.max(1, Math.floor(reach)));
    return 'M' + values.slice(0, whole).map((value, week) => point(f.x(week + 1), f.y(value))).join('L');
  }

  function band(line, f) {
    const edge = (values) => values.map((value, week) => point(f.x(week + 1), within(f, f.y(value))));
    return 'M' + edge(line.high).join('L') + 'L' + edge(line.low).reverse().join('L') + 'Z';
  }

  function tip(line, reach, f) {
    const week = Math.max(1, Math.min(line.values.length, Math.round(reach)));
    return { ...line, x: f.x(week), y: f.y(line.values[week - 1]) };
  }

  /* A guess, beside the end of the lines; many at one height stand apart. */
  function dot(value, place, f, unit) {
    return { x: f.right + (0.7 + ((place * 37) % 100) / 100 * 1.7) * unit, y: within(f, f.y(value)) };
  }

  function names(seen, f, view) {
    const { room, unit } = view;
    const away = room.dots.length ? (f.narrow ? 2.9 : 3.6) : (f.narrow ? 0.8 : 1.3);
    const x = f.right + away * unit;
    const wide = f.narrow ? 10 : 15;
    const found = seen.filter((line) => line.is_baseline || (view.isOpen && view.grown >= 1)).map((line) => ({
      key: line.key, x, wanted: f.y(line.values[line.values.length - 1]), colour: line.colour,
      rows: [line.end].concat(wrapped(line.name, wide)),
    }));
    if (room.middle !== null && view.kind === 'end') {
      const rows = wrapped(room.count, f.narrow ? 9 : 20).concat(wrapped(room.middle_text, wide));
      found.push({ key: 'middle', x, wanted: within(f, f.y(room.middle)), colour: GUESS, rows });
    }
    return spread(found, f, view);
  }

  function wrapped(text, wide) {
    const rows = [''];
    text.split(' ').forEach((word) => {
      const last = rows.length - 1;
      if (rows[last] && (rows[last] + ' ' + word).length > wide) { rows.push(word); } else { rows[last] = rows[last] ? rows[last] + ' ' + word : word; }
    });
    return rows;
  }

  /* Names move apart until none covers another; where one went far, a short line leads to it. */
  function spread(labels, f, view) {
    const order = labels.slice().sort((one, other) => one.wanted - other.wanted);
    let floor = f.top - view.unit;
    order.forEach((label) => {
      label.half = (label.rows.length * 1.1 + 0.35) * view.unit / 2;
      label.y = Math.max(label.wanted, floor + label.half);
      floor = label.y + label.half;
    });
    let ceiling = view.height;
    order.slice().reverse().forEach((label) => {
      label.y = Math.min(label.y, ceiling - label.half);
      ceiling = label.y - label.half;
      label.from = Math.abs(label.y - label.wanted) > 0.6 * view.unit && !view.room.dots.length ? label.wanted : null;
    });
    return order;
  }

  /* One customer's satisfaction from encounter to encounter, with what went wrong. */
  function customer(one, f, view) {
    const spots = uncovered(one, view);
    const end = Math.max(f.known + (one.weeks - f.known) * view.grown, f.known);
    const isLast = one.events.length > 1 && one.points.length > one.asked + 1;
    return {
      path: spots.length ? course(one, spots, isLast, f, view, end) : '',
      spots: spots.filter((spot) => !view.isOpen || spot[0] <= end).map((spot) => ({ x: f.x(spot[0]), y: f.y(spot[1]) })),
      events: happened(one, f, view),
      left: one.left && view.isOpen && view.grown >= 1 ? { x: f.x(one.left), y: f.bottom - 0.5 * view.unit } : null,
    };
  }

  function uncovered(one, view) {
    const shown = one.points.map((each) => [[each.week, each.before], [each.week, each.after]]);
    const spots = shown.slice(0, view.isOpen ? shown.length : one.asked).reduce((all, pair) => all.concat(pair), []);
    return view.isOpen ? spots : spots.concat([shown[one.asked][0]]).filter(Boolean);
  }

  function course(one, spots, isLast, f, view, end) {
    const last = spots[spots.length - 1];
    const tail = view.isOpen ? [[isLast ? one.left || one.weeks : Math.min(last[0] + 2, one.weeks), last[1]]] : [];
    const all = [[0, spots[0][1]]].concat(spots, tail);
    const kept = view.isOpen ? all.filter((spot) => spot[0] <= end) : all;
    return 'M' + kept.map((spot) => f.x(spot[0]).toFixed(1) + ',' + f.y(spot[1]).toFixed(1)).join('L');
  }

  function happened(one, f, view) {
    const asked = one.points[one.asked].week;
    const isTold = (event) => event.week <= asked || (view.isOpen && view.grown >= 1);
    return one.events.filter(isTold).slice(0, 2).map((event, place) => failure(event, place, !view.isOpen && event.week === asked, f, view));
  }

  function failure(event, place, isCovered, f, view) {
    const { unit } = view;
    const x = f.x(event.week);
    const y = f.y(isCovered ? event.before : event.after);
    const textY = f.bottom - (place ? 1.7 : 4.4) * unit;
    const wide = 0.62 * unit * Math.max(event.what.length, isCovered ? 0 : event.recovery.length);
    const anchor = x > f.left + (f.narrow ? 0.5 * (f.right - f.left) : 12 * unit) ? 'end' : 'start';
    const s = 0.42 * unit;
    return {
      x, textY, anchor, textX: anchor === 'end' ? Math.max(x - 0.5 * unit, wide) : Math.min(x + 0.5 * unit, view.width - wide),
      lineFrom: y, lineTo: textY + (isCovered ? 0.3 : 1.4) * unit,
      what: event.what, recovery: isCovered ? '' : event.recovery,
      cross: 'M' + (x - s) + ',' + (y - s) + 'l' + 2 * s + ',' + 2 * s + 'M' + (x + s) + ',' + (y - s) + 'l' + -2 * s + ',' + 2 * s,
    };
  }

  /* Bars from zero, in per cent of the track; one that adds others up shows where each of them ends. */
  function bars(all) {
    const place = (value) => 100 * (Math.min(Math.max(value, all.low), all.high) - all.low) / (all.high - all.low);
    const parts = all.rows.filter((row) => !row.is_main);
    let sum = 0;
    const cuts = parts.slice(0, -1).map((part) => { sum += part.value; return place(sum); });
    const rows = all.rows.filter((row) => row.is_main).map((row) => ({
      ...row,
      cuts: row.key === 'added' ? cuts : [],
      zero: place(0),
      from: Math.min(place(0), place(row.value)),
      width: Math.abs(place(row.value) - place(0)),
      colour: row.value < 0 ? COLOURS[3] : row.key === 'added' ? COLOURS[2] : COLOURS[0],
      low: place(row.low),
      span: place(row.high) - place(row.low),
    }));
    return { parts, rows };
  }

  /* A small line for one link of the chain, in a square of a hundred. */
  function mini(values, node) {
    const wide = 100 / Math.max(1, values.length - 1);
    return 'M' + values.map((value, place) => point(place * wide, 100 - 100 * (value - node.low) / (node.high - node.low))).join('L');
  }

  window.EffectChain = window.EffectChain || {};
  window.EffectChain.present = { frame, curves, customer, bars, mini };
}());
