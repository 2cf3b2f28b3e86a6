--- Resmark in Neovim. Nothing needs to be called: opening a `.resmark` file is enough. See `:help resmark`.
local M = {}

--- The version of this plugin, which is that of the server that it was made for.
M.VERSION = '0.1.0'

---@class resmark.Options
---@field cmd? string|string[] The server's command; the default is to look for it.
---@field lsp? boolean Whether to start the server (default true).
---@field keys? boolean Whether to define keys (default true).
---@field enter? boolean|integer Whether Enter opens the next clause of a list (default true), or how many milliseconds it may wait for the server (default 500).
---@field completion? boolean Whether the list of completions opens by itself (default true).
---@field messages? boolean Whether to show the message about the line of the cursor (default true).
---@field lens? boolean Whether to say above each title who cites it (default true).
---@field inlay_hints? boolean|{ version_in_force?: boolean, candidates?: boolean } Whether to show hints behind citations (default false).
---@field review? boolean Whether to show what updating changes before it does (default true).
---@field view? 'in-force'|'tracked'|'as-amended' The view that a preview begins with (default `tracked`).
---@field as_of? string The date, YYYY-MM-DD, as of which citations are judged (default today).

--- The names of the options.
M.OPTIONS = {
  'cmd',
  'lsp',
  'keys',
  'enter',
  'completion',
  'messages',
  'lens',
  'inlay_hints',
  'review',
  'view',
  'as_of',
}

--- Sets options. The same can be written as `vim.g.resmark = { … }`.
---@param options? resmark.Options
function M.setup(options)
  vim.g.resmark = vim.tbl_extend('force', vim.g.resmark or {}, options or {})
end

--- The options as they are now.
---@return resmark.Options
function M.options()
  return vim.g.resmark or {}
end

--- Says something to the drafter.
---@param message string
---@param level? integer one of `vim.log.levels`
function M.say(message, level)
  vim.notify('Resmark: ' .. message, level or vim.log.levels.INFO)
end

--- The state of a resolution for a statusline: its house, its language, whether changes are tracked in it, and how many
--- errors, warnings, information and hints there are; `itu en tracked E1 W2`. Empty in other buffers. It costs a look into
--- a table.
---@param buffer? integer the default is the current one
---@return string
function M.status(buffer)
  return require('resmark.status').get((buffer == nil or buffer == 0) and vim.api.nvim_get_current_buf() or buffer)
end

return M
