/// How pages look: on a screen by day and by night, and on paper.
enum ReportStyle {
  /// Lines and fills of the two sides differ in more than their colour.
  static let sheet: Markup = """
    :root { color-scheme: light dark; --ink: #1c2430; --quiet: #5a6675; --page: #ffffff; --line: #d5dbe3;
      --reference: #4a6fa5; --reference-fill: #c9d6ea; --current: #b8500f; --bad: #a8201a; --warn: #8a5a00; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6e9ee; --quiet: #a3adba; --page: #14181d; --line: #3a434e;
        --reference: #8fb3e8; --reference-fill: #2c3f5c; --current: #f0954f; --bad: #ff8a80; --warn: #e6b450; }
    }
    @media print {
      :root { color-scheme: light; --ink: #000; --quiet: #444; --page: #fff; --line: #bbb;
        --reference: #345; --reference-fill: #dde3ea; --current: #a03c00; --bad: #900; --warn: #640; }
      thead { display: table-header-group; } a { text-decoration: none; }
      figure, tr, caption { break-inside: avoid; } h2, caption, thead { break-after: avoid; }
    }
    * { box-sizing: border-box; }
    body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); max-width: 76rem;
      margin: 0 auto; padding: 1.5rem; overflow-wrap: anywhere; }
    h1 { font-size: 1.6rem; line-height: 1.2; } h2 { font-size: 1.2rem; border-top: 1px solid var(--line);
      padding-top: 1rem; margin-top: 2rem; }
    a { color: inherit; } .quiet, footer, figcaption { color: var(--quiet); }
    .wide { overflow-x: auto; margin: 1rem 0; } caption { text-align: left; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    th, td { padding: .2rem .7rem .2rem 0; text-align: left; border-bottom: 1px solid var(--line);
      vertical-align: top; overflow-wrap: normal; } th { font-weight: 600; }
    tbody th { font-weight: 400; } .number { text-align: right; } td.number { white-space: nowrap; }
    thead th { vertical-align: bottom; }
    .bad { color: var(--bad); font-weight: 600; } .warning { color: var(--warn); font-weight: 600; }
    .row { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: 1rem 2rem;
      align-items: start; } .row > * { min-width: 0; }
    figure { margin: .5rem 0; max-width: 36rem; } svg { width: 100%; height: auto; display: block; }
    svg text { font: 11px system-ui, sans-serif; fill: var(--ink); } svg .tick { fill: var(--quiet); }
    svg .grid { stroke: var(--line); stroke-width: 1; } svg .diagonal { stroke: var(--quiet); stroke-dasharray: 2 4; }
    .bar-1 { fill: var(--reference-fill); stroke: var(--reference); stroke-width: 1; }
    .bar-2 { fill: var(--current); stroke: var(--current); stroke-width: 1; }
    .line-1, .line-2 { fill: none; stroke-width: 2; stroke-linejoin: round; }
    .line-1 { stroke: var(--reference); stroke-dasharray: 6 3; } .line-2 { stroke: var(--current); }
    .interval { stroke: var(--ink); stroke-width: 1.5; }
    @media print {
      body { max-width: none; padding: 0; font-size: 9pt; } .wide { overflow: visible; }
      table { font-size: 8pt; } th, td { padding-right: .4rem; } td, tbody th { overflow-wrap: anywhere; }
      .row { grid-template-columns: 1fr 1fr; }
    }
    .legend > span { display: inline-block; } .legend svg { display: inline-block; width: 1.6em; height: .8em; margin: 0 .3em 0 .8em; }
    """
}
