--- Completion while typing: a list opens where a citation, a version or the name of a clause has begun. The list is
--- Neovim's own; a completion plugin shows the same one in its way.
local M = {}

--- Plugins that ask the server themselves.
local OTHERS = { 'cmp', 'blink.cmp', 'mini.completion', 'coq', 'ddc', 'care' }

local group = vim.api.nvim_create_augroup('resmark.completion', {})

--- What Neovim shows and puts in for an item. By itself it puts in no more than the first word of a citation.
---@param item lsp.CompletionItem
local function convert(item)
  local edit = item.textEdit
  if not edit or not edit.range then
    return {}
  end
  -- What of the line behind the cursor the item takes the place of: Neovim leaves it there.
  local client = vim.lsp.get_clients({ name = 'resmark', bufnr = 0 })[1]
  local line = vim.api.nvim_get_current_line()
  local cursor = vim.api.nvim_win_get_cursor(0)[2]
  local ok, finish = pcall(vim.str_byteindex, line, client and client.offset_encoding or 'utf-16', edit.range['end'].character)
  if ok and finish > cursor then
    item.behind = line:sub(cursor + 1, finish)
  end
  return { word = edit.newText, menu = item.labelDetails and item.labelDetails.description or item.detail or '' }
end

--- Takes away what an item that was chosen takes the place of.
local function finish()
  local item = vim.tbl_get(vim.v.completed_item, 'user_data', 'nvim', 'lsp', 'completion_item')
  local behind = item and item.behind
  if not behind or vim.v.event.reason ~= 'accept' then
    return
  end
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  if vim.startswith(vim.api.nvim_get_current_line():sub(column + 1), behind) then
    vim.api.nvim_buf_set_text(0, row - 1, column, row - 1, column + #behind, {})
  end
end

--- Lets the list open by itself in a buffer. Neovim 0.10 has it on <C-x><C-o> alone.
---@param buffer integer
---@param client vim.lsp.Client
function M.follow(buffer, client)
  if require('resmark').options().completion == false or vim.fn.has('nvim-0.11') == 0 then
    return
  end
  for _, plugin in ipairs(OTHERS) do
    if package.loaded[plugin] then
      return
    end
  end
  -- Nothing is put in before it is chosen, so that who types on is not disturbed.
  vim.bo[buffer].completeopt = 'menuone,noselect,popup'
  vim.lsp.completion.enable(true, client.id, buffer, { autotrigger = true, convert = convert })
  vim.api.nvim_clear_autocmds({ group = group, buffer = buffer })
  vim.api.nvim_create_autocmd('CompleteDone', { group = group, buffer = buffer, callback = finish })
end

return M
