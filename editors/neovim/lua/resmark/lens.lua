--- Lenses: the line above a title that says who cites it. Running one, `grx` or |vim.lsp.codelens.run()|, lists the places.
local M = {}

--- Shows the places that a lens counts: goes there if there is one, else fills the quickfix list.
---@param command lsp.Command `arguments` are the document, the position and the places
---@param context { client_id: integer, bufnr?: integer }
local function show_references(command, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  local places = command.arguments and command.arguments[3] or {}
  if not client or #places == 0 then
    return
  end
  local items = vim.lsp.util.locations_to_items(places, client.offset_encoding)
  vim.fn.setqflist({}, ' ', { title = command.title, items = items })
  if #items == 1 then
    vim.cmd("normal! m'")
    vim.cmd('cfirst')
  else
    vim.cmd('botright copen')
  end
  -- Neovim 0.11 takes a lens away when it is run.
  if not vim.lsp.codelens.enable and context.bufnr then
    vim.lsp.codelens.refresh({ bufnr = context.bufnr })
  end
end

--- The commands of this client, by their names in the protocol.
M.commands = { ['resmark.showReferences'] = show_references }

--- Keeps the lenses of `buffer` up to date: Neovim asks for them only when it is told to.
---@param buffer integer
---@param client vim.lsp.Client
function M.follow(buffer, client)
  if require('resmark').options().lens == false or not client.server_capabilities.codeLensProvider then
    return
  end
  if vim.lsp.codelens.enable then
    vim.lsp.codelens.enable(true, { bufnr = buffer })
    return
  end
  local request = require('resmark.server').request
  local function show(lenses)
    if vim.api.nvim_buf_is_loaded(buffer) then
      vim.lsp.codelens.save(lenses, buffer, client.id)
      vim.lsp.codelens.display(lenses, buffer, client.id)
    end
  end
  -- Neovim's own refresh does nothing while another is on its way, whose answer may be from before the folder was read, and
  -- shows lenses before it is known what they say.
  local asking, again = false, false
  local function refresh()
    if not vim.api.nvim_buf_is_valid(buffer) then
      return
    elseif asking then
      again = true
      return
    end
    asking, again = true, false
    local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) } }
    request(client, 'textDocument/codeLens', params, buffer, function(lenses)
      lenses = lenses or {}
      local open = #lenses
      local function finish()
        show(lenses)
        asking = false
        if again then
          refresh()
        end
      end
      for index, lens in ipairs(lenses) do
        request(client, 'codeLens/resolve', lens, buffer, function(resolved)
          lenses[index] = resolved or lens
          open = open - 1
          if open == 0 then
            finish()
          end
        end)
      end
      if #lenses == 0 then
        finish()
      end
    end)
  end
  local group = vim.api.nvim_create_augroup('resmark.lens.' .. buffer, {})
  vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'TextChanged', 'BufWritePost' }, {
    group = group,
    buffer = buffer,
    desc = 'Count the citations of this resolution again',
    callback = refresh,
  })
  -- Who cites it is known when the folder has been read.
  vim.api.nvim_create_autocmd('LspProgress', {
    group = group,
    pattern = 'end',
    callback = function(event)
      if event.data.client_id == client.id then
        refresh()
      end
    end,
  })
  refresh()
end

return M
