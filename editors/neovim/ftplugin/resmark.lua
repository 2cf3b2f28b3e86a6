if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = true

-- A comment is a note to the other drafters: `gcc` puts a line into one and takes it out again.
vim.bo.commentstring = '{>>%s<<}'
vim.bo.comments = ''
-- A clause may run over several lines; `gw` keeps what follows the label below its text. Chinese breaks between any two
-- characters and is joined without a space (`m`, `B`).
vim.bo.formatoptions = 'cqjlnmB'
vim.bo.formatlistpat = [=[^\s*\%((\?[[:alnum:]]\{1,5}[.)]\|[•–-]\)\s\+]=]
-- Sub-clauses stand two or more columns in.
vim.bo.expandtab = true
vim.bo.shiftwidth = 3
vim.bo.softtabstop = 3
-- `gf` and `:find` look in the workspace; what points into a text is none of its name.
vim.bo.suffixesadd = '.resmark'
vim.bo.includeexpr = "v:lua.require'resmark.links'.include(v:fname)"
vim.bo.path = require('resmark.links').path(0)
-- Most clauses are one long line.
vim.wo[0][0].wrap = true
vim.wo[0][0].linebreak = true
vim.wo[0][0].breakindent = true

-- What stands above a title is to be read; Neovim's own colour for it is nearly that of the background.
if vim.wo[0][0].winhighlight == '' then
  vim.wo[0][0].winhighlight = 'LspCodeLens:ResmarkDetail,LspCodeLensSeparator:ResmarkDetail'
end

vim.b.undo_ftplugin = 'setlocal commentstring< comments< formatoptions< formatlistpat< expandtab< shiftwidth< softtabstop<'
  .. ' suffixesadd< includeexpr< path< wrap< linebreak< breakindent< winhighlight<'
  .. ' | call v:lua.vim.treesitter.stop()'

-- Without the parser there are no colours and no folds, and everything else still works; `:checkhealth resmark` says why.
if pcall(vim.treesitter.start, 0, 'resmark') then
  vim.wo[0][0].foldmethod = 'expr'
  vim.wo[0][0].foldexpr = 'v:lua.vim.treesitter.foldexpr()'
  vim.wo[0][0].foldtext = ''
  vim.wo[0][0].foldlevel = 99
  vim.b.undo_ftplugin = vim.b.undo_ftplugin .. ' | setlocal foldmethod< foldexpr< foldtext< foldlevel<'
end

require('resmark.keys').always(0)
