/* Charts for all pages: lines with their names at their ends, a dashed baseline, and a band that says how sure.

   const chart = EffectChain.chart(element, spec, 'nl');
   chart.set(spec);                            // lines move to where they are now; set(spec, language, false): at once
   chart.destroy(); chart.png(); chart.svg();
   EffectChain.load(['people.js'], () => …);   // what one page needs beside this

   spec = {
     title, summary,                          // summary: what a screen reader says of the picture
     lines: [{ id, name, color, dash, beside, width, opacity, values, end_label: 'text' | { value, name } }],   // values: one a week, or null;
                                              // id: what stays the same line when others come and go; beside: its name is small
     bands: [{ name, color, low, high }],     // low, high: one a week
     marks: [{ at, label, title }],           // something starts in that week
     x: { weeks, first, ticks: [{ at, label }], name },
     y: { format: { style: 'number' | 'percent' | 'euro', decimals }, min, max },
     end_room, tooltip                        // pixels for the names at the right; false for no tooltip
   }
*/
(function () {
  'use strict';

  const INK = '#16202b';
  const MUTED = '#56626f';
  const RULE = '#e6ebf0';
  const BASELINE = '#6f7d8b';
  const TYPE = 'Inter, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", Arial, sans-serif';
  const LOCALES = { en: 'en-GB', nl: 'nl-NL' };
  const ROOM = 116;
  const MORE_ROOM = 132;  // where there are names of lines beside
  const WIDE = 560;  // pixels from which a chart has most room for names
  const MOST_ROOM = 160;
  const ROWS = 3;

  function still() {
    return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  /* Making one takes longer than writing a number. */
  const writers = new Map();

  function writer(language, decimals) {
    const locale = LOCALES[language] || LOCALES.en;
    const key = locale + decimals;
    if (!writers.has(key)) { writers.set(key, new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })); }
    return writers.get(key);
  }

  function formatter(format, language) {
    const wanted = format || { style: 'number', decimals: 1 };
    const plain = writer(language, wanted.decimals || 0);
    const sign = (text) => text.replace('-', '\u2212');
    if (wanted.style === 'percent') { return (value) => sign(plain.format(100 * value)) + '%'; }
    if (wanted.style === 'euro') { return (value) => euro(value, language); }
    return (value) => sign(plain.format(value));
  }

  function euro(value, language) {
    const size = Math.abs(value);
    const put = (number, decimals) => writer(language, decimals).format(number);
    const minus = value < 0 ? '\u2212' : '';
    if (size >= 99500) { return minus + '€\u00a0' + put(size / 1e6, 2) + '\u00a0' + (language === 'nl' ? 'mln' : 'm'); }
    if (size >= 1000) { return minus + '€\u00a0' + put(size / 1000, 0) + (language === 'nl' ? '\u00a0dzd' : 'k'); }
    return minus + '€\u00a0' + put(size, size < 10 ? 2 : 0);
  }

  function extent(spec) {
    let low = Infinity;
    let high = -Infinity;
    const see = (value) => { if (Number.isFinite(value)) { low = Math.min(low, value); high = Math.max(high, value); } };
    (spec.lines || []).forEach((line) => line.values.forEach((value) => { if (value !== null) { see(value); } }));
    (spec.bands || []).forEach((band) => { band.low.forEach(see); band.high.forEach(see); });
    if (low > high) { return [0, 1]; }
    const room = Math.max((high - low) * 0.06, Math.abs(high) * 0.004, 1e-9);
    return [low >= 0 && low - room < 0 ? 0 : low - room, high + room];
  }

  function scale(spec) {
    const y = spec.y || {};
    const found = extent(spec);
    let low = Number.isFinite(y.min) ? y.min : found[0];
    let high = Number.isFinite(y.max) ? y.max : found[1];
    const step = tidy((high - low) / 3.2);
    if (!Number.isFinite(y.min)) { low = Math.floor(low / step) * step; }
    if (!Number.isFinite(y.max)) { high = Math.ceil(high / step) * step; }
    return { low, high, step };
  }

  function tidy(step) {
    const power = Math.pow(10, Math.floor(Math.log10(step)));
    const share = step / power;
    return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 2.5 ? 2.5 : share <= 5 ? 5 : 10);
  }

  function decimals(step, format) {
    const shown = format && format.style === 'percent' ? step * 100 : step;
    const needed = Math.max(0, Math.ceil(-Math.log10(shown) - 1e-9));
    const halves = Math.abs(shown * Math.pow(10, needed) - Math.round(shown * Math.pow(10, needed))) > 1e-6 ? 1 : 0;
    return needed + halves;
  }

  function option(spec, size, language, animate, ids) {
    const room = spec.end_room === undefined ? roomFor(spec, size) : spec.end_room;
    const grid = { left: 14, right: room, top: (spec.marks || []).length ? 32 : 12, bottom: 24, containLabel: true };
    const y = scale(spec);
    const format = (spec.y || {}).format;
    const axisFormat = format && format.style === 'euro' ? format : { style: (format || {}).style || 'number', decimals: decimals(y.step, format) };
    const write = formatter(axisFormat, language);
    const tell = formatter(format, language);
    const x = spec.x || {};
    const weeks = x.weeks || Math.max(1, ...(spec.lines || []).map((line) => line.values.length));
    const ticks = new Map((x.ticks || []).map((tick) => [tick.at, tick.label]));
    const height = size.height - grid.top - grid.bottom - 8;
    const offsets = spread(spec.lines || [], y, height, room);
    return {
      animation: animate,
      animationDuration: 0,
      animationDurationUpdate: animate ? 180 : 0,
      animationEasingUpdate: 'cubicOut',
      textStyle: { fontFamily: TYPE, color: INK },
      grid,
      tooltip: spec.tooltip === false ? { show: false } : tooltip(spec, tell, x),
      xAxis: {
        type: 'category',
        boundaryGap: false,
        data: Array.from({ length: weeks }, (_, week) => week),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: MUTED, fontSize: 11, interval: (_, week) => ticks.has(Number(week)), formatter: (week) => ticks.get(Number(week)) || '', showMaxLabel: null, hideOverlap: true },
      },
      yAxis: {
        type: 'value',
        min: y.low,
        max: y.high,
        interval: y.step,
        axisLabel: { color: MUTED, fontSize: 11, formatter: write },
        splitLine: { lineStyle: { color: RULE } },
      },
      series: [...bands(spec), ...lines(spec, offsets, room, ids)],
    };
  }

  function lines(spec, offsets, room, ids) {
    return (spec.lines || []).map((line, number) => ({
      id: ids ? ids[number] : 'line' + number,
      name: line.name,
      type: 'line',
      data: line.values,
      showSymbol: false,
      symbol: 'none',
      z: line.dash ? 3 : 4,
      lineStyle: { color: line.color || BASELINE, width: line.width || (line.dash ? 1.6 : 2.4), type: line.dash ? [5, 4] : 'solid', opacity: line.opacity || 1 },
      itemStyle: { color: line.color || BASELINE },
      emphasis: { disabled: true },
      markPoint: ending(line, offsets[number], room),
      markLine: number === 0 ? marks(spec) : undefined,
    }));
  }

  /* A dot where a line ends, and its name beside it. */
  function ending(line, offset, room) {
    const at = lastAt(line.values);
    if (!line.end_label || at < 0) { return { silent: true, animation: false, symbol: 'none', symbolSize: 0, label: { show: false }, data: [{ coord: [0, at < 0 ? 0 : line.values[at]] }] }; }
    const big = isMain(line);
    const color = line.color || MUTED;
    return {
      silent: true,
      animation: false,
      symbol: 'circle',
      symbolSize: line.dash ? 3 : 6,
      itemStyle: { color, opacity: line.opacity || 1 },
      label: {
        show: true,
        position: 'right',
        distance: 5,
        align: 'left',
        offset: [0, offset],
        opacity: line.opacity ? 0.6 : 1,
        formatter: () => told(line, room).join('\n'),
        rich: {
          value: { fontSize: big ? 15 : 11, fontWeight: line.dash ? 500 : 700, color, lineHeight: big ? 18 : 14, align: 'left' },
          name: { fontSize: 11, fontWeight: line.dash ? 400 : 600, color, lineHeight: 14, align: 'left' },
        },
      },
      data: [{ coord: [at, line.values[at]] }],
    };
  }

  function lastAt(values) {
    for (let i = values.length - 1; i >= 0; i -= 1) { if (values[i] !== null && Number.isFinite(values[i])) { return i; } }
    return -1;
  }

  let pen = null;

  /* Pixels for names at the right. */
  function roomFor(spec, size) {
    if (size.width >= WIDE) { return MOST_ROOM; }
    return (spec.lines || []).some((line) => line.beside) ? MORE_ROOM : ROOM;
  }

  /* The line that a picture is about: neither the dashed one nor one beside it. */
  function isMain(line) {
    return !line.dash && !line.beside;
  }

  /* What stands at the end of a line, in rows: its value, and its name in as many rows as it needs, three at most. */
  function told(line, room) {
    const label = typeof line.end_label === 'string' ? { value: '', name: line.end_label } : line.end_label;
    const value = label.value ? plain(label.value) : '';
    const name = label.name ? plain(label.name) : '';
    if (!value || isMain(line)) { return (value ? ['{value|' + value + '}'] : []).concat(rows(name, room - 12).map((row) => '{name|' + row + '}')); }
    const [first, ...others] = rows(value + ' ' + name, room - 12);
    const rest = first.slice(value.length).trim();
    return ['{value|' + value + '}' + (rest ? '{name| ' + rest + '}' : '')].concat(others.map((row) => '{name|' + row + '}'));
  }

  /* A text in rows of so many pixels, broken between words; what does not fit into the last one ends in …. */
  function rows(text, width) {
    const found = [];
    (text ? text.split(' ') : []).forEach((word) => {
      const longer = found.length ? found[found.length - 1] + ' ' + word : word;
      if (found.length && (found.length === ROWS || pixels(longer) <= width)) { found[found.length - 1] = longer; } else { found.push(word); }
    });
    return found.map((row) => fitting(row, width));
  }

  function pixels(text) {
    pen = pen || document.createElement('canvas').getContext('2d');
    pen.font = '600 11px ' + TYPE;
    return pen.measureText(text).width;
  }

  /* As much of a name as fits into so many pixels, with … where that is not all. */
  function fitting(text, width) {
    let shown = text;
    while (shown.length > 1 && pixels(shown === text ? text : shown + '…') > width) { shown = shown.slice(0, -1).trim(); }
    return shown === text ? text : shown + '…';
  }

  function plain(text) {
    return String(text).replace(/[{}|]/g, ' ');
  }

  /* Names at the ends move apart until none covers another; the lines keep their places. */
  function spread(all, y, height, room) {
    const ends = all.map((line, number) => ({ number, at: place(last(line.values), y, height), tall: line.end_label ? tall(line, room) : 0, shown: Boolean(line.end_label) }));
    const shown = ends.filter((end) => end.shown && Number.isFinite(end.at)).sort((a, b) => a.at - b.at);
    shown.forEach((end) => { end.to = end.at; });
    for (let round = 0; round < 12; round += 1) {
      for (let i = 1; i < shown.length; i += 1) {
        const overlap = (shown[i - 1].tall + shown[i].tall) / 2 - (shown[i].to - shown[i - 1].to);
        if (overlap > 0) { shown[i - 1].to -= overlap / 2; shown[i].to += overlap / 2; }
      }
      shown.forEach((end) => { end.to = Math.min(Math.max(end.to, end.tall / 2 - 8), height - end.tall / 2 + 10); });
    }
    const offsets = new Array(all.length).fill(0);
    shown.forEach((end) => { offsets[end.number] = Math.round(end.to - end.at); });
    return offsets;
  }

  /* Pixels that the rows at a line's end take. */
  function tall(line, room) {
    return 14 * told(line, room).length + (isMain(line) && line.end_label.value ? 6 : 2);
  }

  function last(values) {
    const at = lastAt(values);
    return at < 0 ? NaN : values[at];
  }

  function place(value, y, height) {
    return height * (1 - (value - y.low) / (y.high - y.low));
  }

  function marks(spec) {
    const found = (spec.marks || []).filter((mark) => mark.at >= 0);
    return {
      silent: true,
      symbol: ['none', 'none'],
      animation: false,
      lineStyle: { color: '#b9c6d3', type: [2, 3], width: 1 },
      label: {
        show: true, position: 'end', distance: 6, color: '#40505f', fontSize: 10, fontWeight: 700,
        backgroundColor: '#eef3f8', borderColor: '#9fb4c8', borderWidth: 1, borderRadius: 9, padding: [3, 6],
        formatter: (mark) => plain(mark.data.shown),
      },
      data: found.map((mark) => ({ xAxis: mark.at, shown: mark.label })),
    };
  }

  function bands(spec) {
    return (spec.bands || []).map((band, number) => ({
      id: 'band' + number,
      type: 'custom',
      silent: true,
      z: 2,
      data: [0],
      tooltip: { show: false },
      renderItem: (params, api) => {
        const points = [];
        for (let week = 0; week < band.high.length; week += 1) { if (band.high[week] !== null) { points.push(api.coord([week, band.high[week]])); } }
        for (let week = band.low.length - 1; week >= 0; week -= 1) { if (band.low[week] !== null) { points.push(api.coord([week, band.low[week]])); } }
        return { type: 'polygon', shape: { points }, style: { fill: band.color, opacity: band.opacity || 0.16 }, transition: ['shape'] };
      },
    }));
  }

  function tooltip(spec, tell, x) {
    const box = (found) => {
      const at = Number(found[0].axisValue);
      const element = document.createElement('div');
      const head = document.createElement('div');
      head.textContent = (x.name || 'week') + ' ' + ((x.first || 0) + at);
      head.style.color = MUTED;
      element.appendChild(head);
      (spec.lines || []).forEach((line) => {
        const value = line.values[at];
        if (value === null || value === undefined) { return; }
        const row = document.createElement('div');
        const name = document.createElement('span');
        const number = document.createElement('b');
        name.textContent = line.name + ' ';
        number.textContent = tell(value);
        number.style.color = line.color || MUTED;
        row.append(name, number);
        element.appendChild(row);
      });
      return element;
    };
    return { trigger: 'axis', confine: true, formatter: box, transitionDuration: 0, textStyle: { fontSize: 12, color: INK }, axisPointer: { lineStyle: { color: '#9fb4c8' } } };
  }

  /* Names for series: a line that was away for a while comes back as another one, since ECharts keeps the dot at its end. */
  function lives() {
    const births = new Map();
    let here = new Set();
    return (lines) => {
      const ids = lines.map((line, number) => line.id || 'line' + number);
      ids.filter((id) => !here.has(id)).forEach((id) => births.set(id, (births.get(id) || 0) + 1));
      here = new Set(ids);
      return ids.map((id) => id + '.' + births.get(id));
    };
  }

  function chart(element, spec, language) {
    let shown = spec;
    let tongue = language || document.documentElement.lang || 'en';
    let drawn = 0;
    let wide = '';
    let later = 0;
    const names = lives();
    const picture = window.echarts.init(element, null, { renderer: 'canvas' });
    const size = () => ({ width: element.clientWidth || 400, height: element.clientHeight || 220 });
    const draw = (moves) => {
      picture.setOption(option(shown, size(), tongue, Boolean(moves) && !still(), names(shown.lines)), { replaceMerge: ['series'], lazyUpdate: false });
      element.setAttribute('role', 'img');
      element.setAttribute('aria-label', shown.summary || shown.title || '');
      drawn += 1;
      element.dataset.drawn = String(drawn);
    };
    const watcher = new ResizeObserver(() => {
      const found = size();
      if (wide === found.width + 'x' + found.height) { return; }
      wide = found.width + 'x' + found.height;
      picture.resize();
      draw();
    });
    draw();
    wide = size().width + 'x' + size().height;
    watcher.observe(element);
    return {
      set(next, other, moves) {
        shown = next;
        tongue = other || tongue;
        clearTimeout(later);
        if (isInSight(element)) { draw(moves !== false); } else { later = setTimeout(draw, 60); }  // those in sight go before
      },
      png(scale) { return picture.getDataURL({ type: 'png', pixelRatio: scale || 2, backgroundColor: '#fff' }); },
      svg() { return drawing(shown, size(), tongue); },
      destroy() { clearTimeout(later); watcher.disconnect(); picture.dispose(); },
    };
  }

  function isInSight(element) {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < window.innerHeight;
  }

  function drawing(spec, size, language) {
    const apart = window.echarts.init(null, null, { renderer: 'svg', ssr: true, width: size.width, height: size.height });
    apart.setOption({ ...option(spec, size, language, false), animation: false, tooltip: { show: false } });
    const text = apart.renderToSVGString();
    apart.dispose();
    return text;
  }

  /* The d of an SVG path for a small line: values one a week, null where there is none. */
  function path(values, width, height, low, high) {
    const span = high > low ? high - low : 1;
    const across = values.length > 1 ? width / (values.length - 1) : 0;
    let text = '';
    values.forEach((value, number) => {
      if (value === null || !Number.isFinite(value)) { return; }
      text += (text ? 'L' : 'M') + (number * across).toFixed(1) + ',' + (height * (1 - (value - low) / span)).toFixed(1);
    });
    return text;
  }

  /* Lets the visitor keep a file that was made here. */
  function keep(name, content, type) {
    const link = document.createElement('a');
    const isAddress = typeof content === 'string' && content.startsWith('data:');
    link.href = isAddress ? content : URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    if (!isAddress) { setTimeout(() => URL.revokeObjectURL(link.href), 1000); }
  }

  /* Puts a text where it can be pasted from; then: called when it is there. The newer way is for safe addresses only. */
  function copy(text, then) {
    const byHand = () => {
      const field = document.createElement('textarea');
      field.value = text;
      (document.querySelector('dialog[open]') || document.body).appendChild(field);
      field.select();
      const isThere = document.execCommand('copy');
      field.remove();
      if (isThere) { then(); }
    };
    if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(text).then(then, byHand); } else { byHand(); }
  }

  const scripts = new Map();

  function script(name) {
    if (!scripts.has(name)) {
      scripts.set(name, new Promise((done) => {
        const element = document.createElement('script');
        element.src = '/effectchain/' + name;
        element.onload = done;
        document.head.appendChild(element);
      }));
    }
    return scripts.get(name);
  }

  /* Scripts of one page only, in this order, each once; then: called when all are there. */
  function load(names, then) {
    names.reduce((before, name) => before.then(() => script(name)), Promise.resolve()).then(then);
  }

  window.EffectChain = { chart, path, keep, copy, load };
}());
