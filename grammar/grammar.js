/**
 * Resmark: a markup for drafting resolutions.
 *
 * Every text is a valid document. What a line is (a heading, a clause, more of the paragraph above it …) depends on
 * indentation, on words and on what follows, none of which a context-free grammar can see. So every token comes from
 * the external scanner (`src/scanner.c`), which settles what begins and ends where; the rules below only name what it
 * found and say how it nests. The scanner never emits a token that these rules do not accept: a tree has no errors.
 *
 * @file Resmark grammar for tree-sitter
 * @license MIT OR Apache-2.0
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

module.exports = grammar({
  name: 'resmark',

  // White space has a meaning: it is in the tokens.
  extras: _ => [],

  // The order is that of `enum Token` in src/scanner.c.
  externals: $ => [
    // Between blocks.
    $._document_start,
    $._block_end,
    $._gap,
    // What begins and ends the blocks; without width, unless the block has a marker.
    $._resolution_start,
    $._resolution_end,
    $._division_start,
    $._division_end,
    $._section_start,
    $._section_end,
    $._clause_start,
    $._clause_end,
    $._paragraph_start,
    $._reasons_start,
    $._title_marker,
    $._subject_marker,
    $._division_marker,
    $._thematic_line,
    // Metadata.
    $._metadata_fence,
    $.metadata_key,
    $._metadata_colon,
    $.metadata_value,
    $._metadata_other,
    // A proposal mark.
    '(',
    $.proposal_kind,
    ')',
    $._mark_note,
    $._mark_space,
    $.proposal_number,
    // A label.
    $._label_start,
    $.label_text,
    $._label_end,
    // Inside a paragraph.
    $._text,
    $.escape,
    $._soft_break,
    $._line_end,
    $._emphasis_open,
    $._emphasis_close,
    '[',
    ']',
    $._pin_open,
    '](',
    $.citation_target,
    $._pin_close,
    '[^',
    $.footnote_name,
    $._footnote_close,
    ']:',
    '{++',
    '++}',
    '{--',
    '--}',
    '{~~',
    '~>',
    '~~}',
    '{>>',
    $._comment_text,
    '<<}',
    $.unclosed_change,
    // Ends a construct whose closer was not met; the scanner opens none without having seen its closer.
    $._forced_close,
  ],

  rules: {
    document: $ => seq(
      $._document_start,
      repeat(choice($._gap, $.metadata, $.resolution, $.division, $._block)),
    ),

    // ------------------------------------------------------------------------------------------------ structure

    metadata: $ => seq(
      alias($._metadata_fence, '---'),
      repeat(choice($._gap, $.metadata_entry, $._metadata_other)),
      alias($._metadata_fence, '---'),
      $._block_end,
    ),

    metadata_entry: $ => seq(
      field('key', $.metadata_key),
      alias($._metadata_colon, ':'),
      optional(field('value', $.metadata_value)),
    ),

    // Begun by a proposal mark or a title; the scanner sees to their order.
    resolution: $ => seq(
      $._resolution_start,
      repeat(choice($._gap, $.proposal_mark, $.title, $.subject, $.division, $._block)),
      $._resolution_end,
    ),

    proposal_mark: $ => seq(
      optional('('),
      field('kind', $.proposal_kind),
      optional(')'),
      optional($._mark_note),
      optional(seq($._mark_space, field('number', $.proposal_number))),
      $._block_end,
    ),

    title: $ => seq(alias($._title_marker, '#'), repeat($._inline), $._block_end),

    subject: $ => seq(
      alias($._subject_marker, '##'),
      repeat($._inline),
      $._block_end,
    ),

    division: $ => seq(
      $._division_start,
      $.division_heading,
      repeat(choice($._gap, $._block)),
      $._division_end,
    ),

    division_heading: $ => seq(alias($._division_marker, '###'), repeat($._inline), $._block_end),

    _block: $ => choice($.section, $.reasons, $._section_block),

    section: $ => seq(
      $._section_start,
      $.section_heading,
      repeat(choice($._gap, $._section_block)),
      $._section_end,
    ),

    section_heading: $ => seq(repeat1($._inline), $._block_end),

    _section_block: $ => choice($.clause, $.paragraph, $.footnote_definition, $.thematic_break),

    clause: $ => seq(
      $._clause_start,
      optional(choice($._labelled, seq($.unclosed_change, $._labelled))),
      repeat($._inline),
      $._block_end,
      repeat(choice($._gap, $.clause, $.paragraph)),
      $._clause_end,
    ),

    paragraph: $ => seq($._paragraph_start, repeat($._inline), $._block_end),

    reasons: $ => seq($._reasons_start, repeat($._inline), $._block_end),

    thematic_break: $ => seq($._thematic_line, $._block_end),

    footnote_definition: $ => seq(
      '[^',
      field('name', $.footnote_name),
      ']:',
      repeat($._inline),
      $._block_end,
    ),

    // --------------------------------------------------------------------------------------------------- labels

    _labelled: $ => seq($.label, $._label_end),

    label: $ => seq(
      $._label_start,
      repeat(choice(
        $.label_text,
        alias($._label_insertion, $.insertion),
        alias($._label_deletion, $.deletion),
        alias($._label_substitution, $.substitution),
      )),
    ),

    _label_insertion: $ => seq('{++', repeat($.label_text), '++}'),
    _label_deletion: $ => seq('{--', repeat($.label_text), '--}'),
    _label_substitution: $ => seq(
      '{~~',
      optional(field('old', alias($._label_words, $.old_text))),
      '~>',
      optional(field('new', alias($._label_words, $.new_text))),
      '~~}',
    ),
    _label_words: $ => repeat1($.label_text),

    // --------------------------------------------------------------------------------------------------- inline

    _inline: $ => choice(
      alias($._text, 'text'),
      $.escape,
      $.line_break,
      $.emphasis,
      $.bracketed,
      $.pinned_citation,
      $.footnote_reference,
      $.insertion,
      $.deletion,
      $.substitution,
      $.comment,
      $.unclosed_change,
    ),

    // The further lines of a subject may each begin with `##`, also inside of what runs from one to the next.
    line_break: $ => seq($._soft_break, $._line_end, optional(alias($._subject_marker, '##'))),

    emphasis: $ => seq(
      alias($._emphasis_open, '*'),
      repeat($._inline),
      choice(alias($._emphasis_close, '*'), $._forced_close),
    ),

    bracketed: $ => seq('[', repeat($._inline), choice(']', $._forced_close)),

    pinned_citation: $ => seq(
      alias($._pin_open, '['),
      repeat($._inline),
      choice(
        seq('](', field('target', $.citation_target), alias($._pin_close, ')')),
        $._forced_close,
      ),
    ),

    footnote_reference: $ => seq('[^', field('name', $.footnote_name), alias($._footnote_close, ']')),

    insertion: $ => seq(
      '{++',
      optional($._labelled),
      repeat($._inline),
      choice('++}', $._forced_close),
    ),

    deletion: $ => seq(
      '{--',
      optional($._labelled),
      repeat($._inline),
      choice('--}', $._forced_close),
    ),

    substitution: $ => seq(
      '{~~',
      optional(field('old', alias($._words, $.old_text))),
      choice(
        seq(
          '~>',
          optional(field('new', alias($._words, $.new_text))),
          choice('~~}', $._forced_close),
        ),
        $._forced_close,
      ),
    ),

    _words: $ => choice(
      seq($._labelled, repeat($._inline)),
      repeat1($._inline),
    ),

    comment: $ => seq('{>>', optional(alias($._comment_text, 'text')), choice('<<}', $._forced_close)),
  },
});
