/** The style of the HTML report: light or dark as the reader's system is, no fonts or files of others. */
export const HTML_STYLE = `
:root { color-scheme: light dark; --bad: light-dark(#b3261e, #ff8a80); --good: light-dark(#1b6e2a, #7bd88f);
  --note: light-dark(#8a5a00, #ffc46b); --line: light-dark(#d5d5d5, #444); --soft: light-dark(#f5f5f5, #222); }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td, summary, li { overflow-wrap: anywhere; } td.time { white-space: nowrap; text-align: right; }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .6rem 0; padding: .4rem .8rem; }
summary { cursor: pointer; }
pre { background: var(--soft); padding: .6rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.failed, .timed-out, .crashed, .leaked, .error, .end { color: var(--bad); font-weight: 600; }
.passed { color: var(--good); } .flaky { color: var(--note); font-weight: 600; } .skipped, .not-run, .soft { opacity: .7; }
`;
