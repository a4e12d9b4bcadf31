'use strict';

const TERM_LIST = /^(?:[a-z]+\s?)+(?:, (?:[a-z]+\s?)+)*$/;

function extractTerms(text) {
  if (!TERM_LIST.test(text)) return [];
  return text.split(', ').map((term) => term.trim());
}

process.on('message', (sections) => {
  process.send(sections.flatMap(extractTerms));
});
