/** Style of a report: system fonts, light and dark by the reader's setting, no external resource. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--paper:#fdfcfa;--ink:#1c1d21;--soft:#63656d;--line:#dedcd6;--fill:#f3f1ec;--inside:#3e72e8;--across:#e8681c}
@media (prefers-color-scheme:dark){:root{--paper:#131418;--ink:#e9e8e4;--soft:#9a9ca5;--line:#30323a;--fill:#1c1e24;--inside:#5c8af2;--across:#f0853f}}
*{box-sizing:border-box}
body{margin:0 auto;padding:clamp(1.25rem,4vw,4rem) clamp(1rem,4vw,3rem) 5rem;max-width:76rem;background:var(--paper);color:var(--ink);
font:1rem/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI","Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
h1,h2{font-family:"Iowan Old Style","Palatino Linotype",Palatino,"Book Antiqua",Georgia,serif;font-weight:600;line-height:1.15;letter-spacing:-.01em;text-wrap:balance;margin:0}
h1{font-size:clamp(1.9rem,4vw,2.8rem)}
h2{font-size:1.6rem;padding-top:2.25rem;border-top:1px solid var(--line)}
section{margin-top:3rem}
.lead{max-width:44rem;margin:.9rem 0 0;font-size:1.12rem;color:var(--soft);text-wrap:pretty}
.note{max-width:44rem;margin:.5rem 0 0;color:var(--soft)}
.facts{display:flex;flex-wrap:wrap;gap:.75rem 2.5rem;margin:1.75rem 0 0}
.facts dt,thead th,caption{font-size:.78rem;color:var(--soft);font-weight:500}
.facts dd{margin:0;font-size:1.05rem}
small{font-size:.8rem;color:var(--soft);font-weight:400}
abbr{text-decoration:none}
.scroll{overflow-x:auto}
table{border-collapse:collapse}
caption{caption-side:bottom;text-align:left;padding-top:.8rem;line-height:1.45;max-width:52rem}
.scores{width:100%;min-width:40rem}
.scores th,.scores td{padding:.6rem .75rem;text-align:left;border-bottom:1px solid var(--line);vertical-align:top;white-space:nowrap}
.scores thead th{border-bottom-color:var(--soft);vertical-align:bottom}
.scores th:first-child{padding-left:0}
.scores th[scope=row]{font-weight:500}
.scores th small{display:block}
.scores td{position:relative;width:8.5rem}
.scores td small{margin-left:.4em}
.bar{position:absolute;left:.75rem;right:.75rem;bottom:.4rem;height:3px;border-radius:2px;background:linear-gradient(90deg,var(--soft) var(--share),var(--line) 0)}
.scores td:has(.bar){padding-bottom:1rem}
.ours th[scope=row]{font-weight:700}
.ours .bar{background:linear-gradient(90deg,var(--inside) var(--share),var(--line) 0)}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1.5rem 3rem;align-items:start}
figure{margin:1.75rem 0 0;min-width:0}
figcaption{margin-top:.8rem;font-size:.9rem;line-height:1.5;color:var(--soft);max-width:44rem;text-wrap:pretty}
figcaption strong{color:var(--ink);font-weight:600}
.affinity svg{display:block;width:100%;height:auto}
.affinity text{font-size:12px;fill:var(--soft)}
.frame{fill:none;stroke:var(--line)}
.tick{stroke:var(--soft);fill:none}
.key{white-space:nowrap}
.key::before{content:"";display:inline-block;width:.7em;height:.7em;margin-right:.35em;border-radius:2px;background:currentColor;vertical-align:-.02em}
.key.inside{color:var(--inside)}
.key.across{color:var(--across)}
.heat{width:100%;table-layout:fixed;border-spacing:2px;border-collapse:separate;margin-top:.1rem}
.heat th{padding:.2rem;font-size:.78rem;font-weight:500;color:var(--soft);text-align:center;overflow:hidden;text-overflow:ellipsis}
.heat th:first-child{width:2.2rem;text-align:right;padding-right:.5rem}
.heat td{height:2.9rem;padding:0;text-align:center;font-size:.85rem;border-radius:3px;background:var(--fill)}
.heat td.most{background:color-mix(in srgb,var(--inside) var(--share),var(--fill))}
.heat td.less{background:color-mix(in srgb,var(--across) var(--share),var(--fill))}
.heat td.most.strong{color:#fff;font-weight:600}
.heat.dense td,.heat.dense th{height:1.4rem;font-size:.62rem}
.samples table{width:100%}
.samples th,.samples td{padding:.45rem 1rem .45rem 0;text-align:left;vertical-align:middle;border-bottom:1px solid var(--line);white-space:nowrap}
.samples th small{margin-left:.6rem}
.samples .count{color:var(--soft)}
.strip img{height:2.3rem;width:auto;image-rendering:pixelated;border-radius:3px;vertical-align:middle}
.odd small{margin-left:.6rem;color:var(--across);font-weight:600}
.none{color:var(--soft)}
.notes ul{margin:.8rem 0 0;padding-left:1.1rem;max-width:46rem;color:var(--soft)}
.notes li{margin:.35rem 0}
.unseen{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
@media print{body{max-width:none;padding:0}section{break-inside:avoid}}
`;
