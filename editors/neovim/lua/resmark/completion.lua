--- Completion while typing: a list opens where a citation, a version or the name of a clause has begun. The list is
--- Neovim's own; a completion plugin shows the same one in its way.
local M = {}

local text = require('resmark.text')

--- Plugins that ask the server themselves.
local OTHERS = { 'cmp', 'blink.cmp', 'mini.completion', 'coq', 'ddc', 'care' }

--- What a completion is that has places to fill in.
local SNIPPET = 2

local group = vim.api.nvim_create_augroup('resmark.completion', {})

--- What Neovim shows and puts in for an item. By itself it puts in no more than the first word of a citation.
---@param item lsp.CompletionItem
---@return table
function M.convert(item)
  local shown = { menu = item.labelDetails and item.labelDetails.description or item.detail or '' }
  local edit = item.textEdit
  -- Neovim itself puts in a skeleton, by its places to fill in.
  if not edit or not edit.range or item.insertTextFormat == SNIPPET then
    return shown
  end
  -- What of the line behind the cursor the item takes the place of: Neovim leaves it there.
  local client = vim.lsp.get_clients({ name = 'resmark', bufnr = 0 })[1]
  local line = vim.api.nvim_get_current_line()
  local cursor = vim.api.nvim_win_get_cursor(0)[2]
  local finish = text.byte(line, edit.range['end'].character, client and client.offset_encoding or 'utf-16')
  if finish > cursor then
    item.behind = line:sub(cursor + 1, finish)
  end
  shown.word = edit.newText
  return shown
end

--- Takes away what an item that was chosen takes the place of.
local function finish()
  local item = vim.tbl_get(vim.v.completed_item, 'user_data', 'nvim', 'lsp', 'completion_item')
  local behind = item and item.behind
  -- Neovim 0.10 does not say why the list was closed, but not to have chosen leaves no item.
  if not behind or (vim.v.event.reason or 'accept') ~= 'accept' then
    return
  end
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  if vim.startswith(vim.api.nvim_get_current_line():sub(column + 1), behind) then
    vim.api.nvim_buf_set_text(0, row - 1, column, row - 1, column + #behind, {})
  end
end

--- The completion plugin that is loaded, if there is one.
---@return string?
function M.other()
  return vim.iter(OTHERS):find(function(plugin)
    return package.loaded[plugin] ~= nil
  end)
end

--- Lets the list open by itself in a buffer.
---@param buffer integer
---@param client vim.lsp.Client
function M.follow(buffer, client)
  if M.other() then
    return
  end
  local by_itself = require('resmark').options().completion ~= false
  vim.api.nvim_clear_autocmds({ group = group, buffer = buffer })
  if vim.fn.has('nvim-0.11') == 0 then
    require('resmark.completion_0_10').follow(buffer, client, by_itself)
  elseif by_itself then
    -- Nothing is put in before it is chosen, so that who types on is not disturbed.
    vim.bo[buffer].completeopt = 'menuone,noselect,popup'
    vim.lsp.completion.enable(true, client.id, buffer, { autotrigger = true, convert = M.convert })
  else
    return
  end
  vim.api.nvim_create_autocmd('CompleteDone', { group = group, buffer = buffer, callback = finish })
end

return M
