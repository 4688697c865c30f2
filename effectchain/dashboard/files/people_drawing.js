/* Draws the organisation alive: teams with their people, and everybody on the market.

   const stage = new EffectChain.people.Stage(canvas); stage.show(world, team); stage.draw(view); stage.at(x, y);
   const market = new EffectChain.people.Market(canvas); market.show(world); market.draw(view); market.at(x, y);

   view = { week, part, state, isBad, who, marks, words }   // part: of the week that has passed, null for a still picture
*/
(function () {
  'use strict';

  const { BIT, FILLS, kindOf } = window.EffectChain.people;
  const INK = '#16202b';
  const MUTED = '#56626f';
  const RULE = '#dfe5eb';
  const LEADER = '#24384d';
  const TYPE = 'Inter, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", Arial, sans-serif';
  const LABEL = 20;
  const CUSTOMER = 1;
  const WITH_RIVAL = 2;
  const STOPS = [[20, [168, 72, 8]], [38, [232, 152, 72]], [52, [246, 226, 196]], [66, [122, 176, 216]], [84, [8, 74, 132]]];
  const COLOURS = Array.from({ length: 101 }, (_, hundredths) => mixed(hundredths));

  function mixed(value) {
    if (value <= STOPS[0][0]) { return STOPS[0][1]; }
    const next = STOPS.findIndex((stop) => value <= stop[0]);
    if (next < 0) { return STOPS[STOPS.length - 1][1]; }
    const [low, from] = STOPS[next - 1];
    const [high, to] = STOPS[next];
    return from.map((one, place) => Math.round(one + (to[place] - one) * (value - low) / (high - low)));
  }

  function colour(hundredths, isBad) {
    const value = Math.max(0, Math.min(100, Math.round(isBad ? 100 - hundredths : hundredths)));
    return 'rgb(' + COLOURS[value].join(',') + ')';
  }

  function letters(hundredths, isBad) {
    const [red, green, blue] = COLOURS[Math.max(0, Math.min(100, Math.round(isBad ? 100 - hundredths : hundredths)))];
    return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? INK : '#fff';
  }

  /* A canvas as sharp as the screen; returns what to draw on and its size in CSS pixels. */
  function sharp(canvas) {
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const pen = canvas.getContext('2d');
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    return { pen, width, height };
  }

  function near(spots, x, y) {
    let best = null;
    let least = Infinity;
    spots.forEach((spot) => {
      const away = Math.hypot(spot.x - x, spot.y - y);
      if (away <= Math.max(12, spot.radius + 3) && away - spot.radius < least) { least = away - spot.radius; best = spot; }
    });
    return best;
  }

  const SHAPES = {
    failed(pen, x, y, size) { pen.moveTo(x, y - 1.25 * size); pen.lineTo(x + 1.15 * size, y + 0.85 * size); pen.lineTo(x - 1.15 * size, y + 0.85 * size); pen.closePath(); },
    recovered(pen, x, y, size) { pen.moveTo(x, y - 1.3 * size); pen.lineTo(x + 1.3 * size, y); pen.lineTo(x, y + 1.3 * size); pen.lineTo(x - 1.3 * size, y); pen.closePath(); },
    delighted(pen, x, y, size) {
      for (let point = 0; point < 10; point += 1) {
        const reach = (point % 2 ? 0.62 : 1.45) * size;
        const angle = -Math.PI / 2 + point * Math.PI / 5;
        pen.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
      }
      pen.closePath();
    },
    visit(pen, x, y, size) { pen.arc(x, y, 0.8 * size, 0, 2 * Math.PI); },
  };

  function drawVisit(pen, x, y, size, happened) {
    const kind = kindOf(happened);
    pen.beginPath();
    SHAPES[kind](pen, x, y, kind === 'visit' ? size : Math.max(3.6, 1.2 * size));
    pen.fillStyle = FILLS[kind];
    pen.fill();
    if (happened & BIT.gone) {
      pen.beginPath();
      pen.moveTo(x - 2 * size, y - 2 * size); pen.lineTo(x + 2 * size, y + 2 * size);
      pen.moveTo(x + 2 * size, y - 2 * size); pen.lineTo(x - 2 * size, y + 2 * size);
      pen.strokeStyle = INK; pen.lineWidth = 1.6; pen.stroke();
    }
  }

  class Stage {
    constructor(canvas) { this.canvas = canvas; this.spots = []; }

    /* team: number of the only team shown, -1 for all. */
    show(world, team) { this.world = world; this.team = team; this.size = ''; }

    /* How high the canvas is best, at most so high. */
    fit(width, most) {
      const { side, rows } = this.grid(width, most);
      return Math.min(most, Math.ceil(rows * (Math.min(470, side) + LABEL)));
    }

    grid(width, height) {
      const many = this.team < 0 ? this.world.members.length : 1;
      let best = { side: 0, columns: 1, rows: many };
      for (let columns = 1; columns <= many; columns += 1) {
        const rows = Math.ceil(many / columns);
        const side = Math.min(width / columns, height / rows - LABEL);
        if (side > best.side) { best = { side, columns, rows }; }
      }
      return best;
    }

    layout(width, height) {
      if (this.size === width + ' ' + height) { return; }
      this.size = width + ' ' + height;
      const shown = this.team < 0 ? this.world.members.map((_, team) => team) : [this.team];
      const best = this.grid(width, height);
      const radius = Math.min(230, best.side / 2 - 5);
      const cell = { width: width / best.columns, height: height / best.rows };
      this.teams = shown.map((team, place) => {
        const row = Math.floor(place / best.columns);
        const inRow = Math.min(best.columns, shown.length - row * best.columns);
        const left = (width - inRow * cell.width) / 2;
        return this.teamAt(team, left + (place % best.columns + 0.5) * cell.width, (row + 0.5) * cell.height + LABEL / 2, radius);
      });
    }

    teamAt(team, x, y, radius) {
      const slots = this.world.members[team];
      const ring = 0.6 * radius;
      const size = Math.max(4, Math.min(0.155 * radius, 0.88 * ring * Math.sin(Math.PI / Math.max(3, slots.length))));
      const people = slots.map((slot, place) => {
        const angle = -Math.PI / 2 + (place + 0.5) * 2 * Math.PI / slots.length;
        return { slot, angle, x: x + ring * Math.cos(angle), y: y + ring * Math.sin(angle) };
      });
      const half = Math.PI / slots.length;
      const room = radius - 4 - (ring + size + 5);
      let pitch = Math.min(13, Math.max(6, 0.075 * radius));
      while (!fan(this.world.busiest[team], ring + size + 5, room, pitch, half) && pitch > 3) { pitch *= 0.92; }
      return { team, x, y, radius, ring, size, people, half, pitch };
    }

    draw(view) {
      const { pen, width, height } = sharp(this.canvas);
      if (!this.world || width < 50 || height < 50) { return; }
      this.layout(width, height);
      this.spots = [];
      const visits = new Map();
      this.world.visits(view.week).forEach((visit) => {
        if (!visits.has(visit.slot)) { visits.set(visit.slot, []); }
        visits.get(visit.slot).push(visit);
      });
      this.teams.forEach((team) => this.drawTeam(pen, team, visits, view));
    }

    drawTeam(pen, team, visits, view) {
      pen.beginPath(); pen.arc(team.x, team.y, team.radius, 0, 2 * Math.PI);
      pen.fillStyle = '#fbfcfd'; pen.fill(); pen.strokeStyle = RULE; pen.lineWidth = 1; pen.stroke();
      pen.font = '600 12.5px ' + TYPE; pen.fillStyle = MUTED; pen.textAlign = 'center'; pen.textBaseline = 'alphabetic';
      pen.fillText(view.words.team.replace('{number}', team.team + 1), team.x, team.y - team.radius - 7);
      pen.beginPath();
      team.people.forEach((one) => { if (this.world.isHere(view.week, one.slot)) { pen.moveTo(team.x, team.y); pen.lineTo(one.x, one.y); } });
      pen.strokeStyle = '#e3e9ef'; pen.stroke();
      team.people.forEach((one) => this.drawVisits(pen, team, one, visits.get(one.slot) || [], view));
      team.people.forEach((one) => this.drawEmployee(pen, team, one, view));
      this.drawLeader(pen, team, view);
    }

    drawEmployee(pen, team, one, view) {
      const world = this.world;
      pen.beginPath(); pen.arc(one.x, one.y, team.size, 0, 2 * Math.PI);
      if (!world.isHere(view.week, one.slot)) {
        pen.fillStyle = '#fff'; pen.fill();
        pen.setLineDash([2, 3]); pen.strokeStyle = FILLS.visit; pen.lineWidth = 1; pen.stroke(); pen.setLineDash([]);
        return;
      }
      const since = world.since(view.week, one.slot);
      const now = world.state(view.week, one.slot, view.state);
      const stayed = view.part !== null && view.week > 0 && world.since(view.week - 1, one.slot) === since;
      const before = stayed ? world.state(view.week - 1, one.slot, view.state) : now;
      const value = view.part === null ? now : before + (now - before) * Math.min(1, view.part / 0.5);
      pen.fillStyle = colour(value, view.isBad); pen.fill();
      pen.strokeStyle = '#56626f'; pen.lineWidth = 0.8; pen.stroke();
      if (team.size >= 7) {
        const fine = team.size >= 14;
        pen.font = '600 ' + Math.min(15, Math.max(9, Math.round(team.size * (fine ? 0.82 : 1.05)))) + 'px ' + TYPE;
        pen.fillStyle = letters(value, view.isBad); pen.textBaseline = 'middle';
        pen.fillText(fine ? view.marks[now] : String(Math.round(now / 10)), one.x, one.y + 0.7);
      }
      const who = 'employee.' + world.seats[one.slot] + '.' + since;
      this.spot(pen, { x: one.x, y: one.y, radius: team.size, who, kind: 'employee', number: world.seats[one.slot] + 1, mark: now }, view);
    }

    drawLeader(pen, team, view) {
      const half = Math.max(9, Math.min(24, 0.14 * team.radius));
      pen.beginPath();
      if (pen.roundRect) { pen.roundRect(team.x - half, team.y - half, 2 * half, 2 * half, half / 3); } else { pen.rect(team.x - half, team.y - half, 2 * half, 2 * half); }
      pen.fillStyle = LEADER; pen.fill();
      const style = this.world.ofLeader(view.week, team.team, 'style');
      pen.font = '600 ' + Math.round(Math.max(9, Math.min(15, half * 0.82))) + 'px ' + TYPE; pen.fillStyle = '#fff'; pen.textBaseline = 'middle';
      pen.fillText(view.marks[style], team.x, team.y + 0.7);
      this.spot(pen, { x: team.x, y: team.y, radius: half, who: 'leader.' + team.team, kind: 'leader', number: team.team + 1, mark: style }, view);
    }

    drawVisits(pen, team, one, visits, view) {
      if (!visits.length) { return; }
      const inner = team.ring + team.size + 5;
      const room = team.radius - 4 - inner;
      let pitch = team.pitch;
      let places = fan(visits.length, inner, room, pitch, team.half);
      while (!places && pitch > 2) { pitch *= 0.86; places = fan(visits.length, inner, room, pitch, team.half); }
      if (!places) { places = visits.map(() => [inner, 0]); }
      const come = view.part === null ? 1 : Math.min(1, view.part / 0.22);
      const fade = view.part === null ? 1 : Math.min(come, (1 - view.part) / 0.12);
      const ordered = visits.slice().sort((first, second) => rank(second.happened) - rank(first.happened));
      pen.globalAlpha = Math.max(0, Math.min(1, fade));
      ordered.forEach((visit, place) => {
        const reach = places[place][0] + (1 - come) * 16;
        const x = team.x + reach * Math.cos(one.angle + places[place][1]);
        const y = team.y + reach * Math.sin(one.angle + places[place][1]);
        drawVisit(pen, x, y, 0.42 * pitch, visit.happened);
        const number = this.world.people[visit.person];
        this.spot(pen, { x, y, radius: 0.45 * pitch, who: 'customer.' + number, kind: 'customer', number, happened: visit.happened }, view);
      });
      pen.globalAlpha = 1;
    }

    spot(pen, spot, view) {
      this.spots.push(spot);
      if (spot.who !== view.who) { return; }
      const alpha = pen.globalAlpha;
      pen.globalAlpha = 1;
      pen.beginPath(); pen.arc(spot.x, spot.y, spot.radius + 4, 0, 2 * Math.PI);
      pen.strokeStyle = INK; pen.lineWidth = 2.5; pen.stroke();
      pen.globalAlpha = alpha;
    }

    at(x, y) { return near(this.spots, x, y); }
  }

  function rank(happened) { return { failed: 3, recovered: 2, delighted: 1, visit: 0 }[kindOf(happened)]; }

  /* Places for so many in rows outward, within a wedge; null where they do not fit. */
  function fan(count, inner, room, pitch, half) {
    const places = [];
    for (let reach = inner; reach <= inner + room && places.length < count; reach += pitch) {
      const step = pitch / reach;
      const most = Math.max(1, Math.floor(1.9 * half / step));
      const many = Math.min(most, count - places.length);
      for (let place = 0; place < many; place += 1) { places.push([reach, (place - (many - 1) / 2) * step]); }
    }
    return places.length < count ? null : places;
  }

  class Market {
    constructor(canvas) { this.canvas = canvas; this.key = ''; }

    show(world) { this.world = world; this.key = ''; }

    /* Draws only whoever changed since it was drawn last, and all anew where the canvas or who is followed did. */
    draw(view) {
      const key = this.canvas.clientWidth + ' ' + this.canvas.clientHeight + ' ' + view.who;
      if (!this.world || this.canvas.clientWidth < 50) { return; }
      const now = this.world.market(view.week);
      if (key !== this.key) {
        const { pen, width, height } = sharp(this.canvas);
        this.pen = pen;
        this.key = key;
        this.fit(width, height);
        this.drawn = new Int16Array(this.world.order.length).fill(-1);
      }
      const satisfied = now.satisfaction;
      this.world.order.forEach((person, place) => {
        const code = now.status[person] === CUSTOMER ? 1000 + satisfied[person] : now.status[person];
        if (code !== this.drawn[place]) { this.drawn[place] = code; this.cell(place, code); }
      });
      this.mark(view.who);
    }

    fit(width, height) {
      const many = this.world.order.length;
      let pitch = Math.max(2, Math.floor(2 * Math.sqrt(width * height / many)) / 2);
      while (pitch > 1 && Math.ceil(many / Math.floor(width / pitch)) * pitch > height) { pitch -= 0.5; }
      this.pitch = Math.min(10, pitch);
      this.columns = Math.floor(width / this.pitch);
      this.side = this.pitch - (this.pitch > 3 ? 1 : 0.5);
    }

    cell(place, code) {
      const { pen, pitch, side } = this;
      const x = (place % this.columns) * pitch;
      const y = Math.floor(place / this.columns) * pitch;
      pen.clearRect(x, y, pitch, pitch);
      if (code >= 1000) {
        pen.fillStyle = colour(code - 1000, false);
        pen.fillRect(x, y, side, side);
      } else if (code === WITH_RIVAL) {
        pen.fillStyle = MUTED;
        pen.fillRect(x, y + side / 2 - 0.5, side, 1);
      } else {
        pen.fillStyle = '#c3ccd5';
        pen.fillRect(x + side / 2 - 0.5, y + side / 2 - 0.5, 1, 1);
      }
    }

    mark(who) {
      if (!who || !who.startsWith('customer.')) { return; }
      const place = this.world.order.indexOf(this.world.placeOf.get(Number(who.slice(9))));
      if (place < 0) { return; }
      const { pen, pitch, side } = this;
      pen.strokeStyle = INK;
      pen.lineWidth = 2;
      pen.strokeRect((place % this.columns) * pitch - 2, Math.floor(place / this.columns) * pitch - 2, side + 4, side + 4);
    }

    at(x, y) {
      const column = Math.floor(x / this.pitch);
      const place = Math.floor(y / this.pitch) * this.columns + column;
      if (!this.world || column >= this.columns || place >= this.world.order.length) { return null; }
      const person = this.world.order[place];
      return { who: 'customer.' + this.world.people[person], kind: 'customer', number: this.world.people[person], person };
    }
  }

  Object.assign(window.EffectChain.people, { Stage, Market, colour, letters });
}());
