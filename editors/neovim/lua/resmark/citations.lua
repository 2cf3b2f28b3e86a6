--- What a resolution cites, who cites it and what of it is out of date, in a window below the text.
local M = {}

local panel = require('resmark.panel')
local resmark = require('resmark')
local server = require('resmark.server')

local names = vim.api.nvim_create_namespace('resmark.citations')
local group = vim.api.nvim_create_augroup('resmark.citations', {})

--- The height of the window, in lines, and the greatest width of what stands in front of the details, in columns.
local HEIGHT, FRONT = 14, 44

--- How an entry is coloured, by the state of what is cited; its details say it in words.
local STATES = {
  outdated = 'ResmarkOutdated',
  revisedSince = 'ResmarkOutdated',
  abrogated = 'ResmarkAbrogated',
  open = 'ResmarkOpen',
  unknown = 'ResmarkOpen',
  pinned = 'ResmarkPinned',
}

---@class resmark.Citations
---@field source integer the buffer that is listed
---@field window integer
---@field buffer integer
---@field entries table<integer, table> by the line of the window, from 1
---@field next table<string, integer> which of its places an entry goes to next, by its label
---@field asking boolean
---@field again boolean

---@type resmark.Citations?
local open

--- The list, while it can be seen.
---@return resmark.Citations?
local function current()
  if open and not vim.api.nvim_win_is_valid(open.window) then
    open = nil
  end
  return open
end

--- The entry on the line of the cursor.
---@param list resmark.Citations
local function entry(list)
  return list.entries[vim.api.nvim_win_get_cursor(list.window)[1]]
end

--- Shows what the server has answered.
---@param list resmark.Citations
---@param answer table
local function draw(list, answer)
  local cites, cited_by = answer.cites or {}, answer.citedBy or {}
  local front = 0
  for _, it in ipairs(vim.list_extend(vim.list_slice(cites), cited_by)) do
    front = math.max(front, math.min(vim.fn.strdisplaywidth(it.label), FRONT))
  end
  local lines, colours = {}, {}
  list.entries = {}
  local function colour(from, to, highlight)
    colours[#colours + 1] = { row = #lines - 1, from = from, to = to, highlight = highlight }
  end
  local function section(title, found, empty)
    if #found == 0 and not empty then
      return
    end
    lines[#lines + 1] = #found == 0 and empty or ('%s (%d)'):format(title, #found)
    colour(0, #lines[#lines], #found == 0 and 'ResmarkNothing' or 'ResmarkHeading')
    for _, it in ipairs(found) do
      local times = #(it.locations or {})
      local label = it.label .. (' '):rep(front - vim.fn.strdisplaywidth(it.label))
      local detail = (it.detail or ''):gsub('%s+', ' ')
      local often = times > 1 and times .. '×' or ''
      often = (' '):rep(3 - vim.fn.strdisplaywidth(often)) .. often
      lines[#lines + 1] = ('  %s  %s  %s'):format(label, often, detail):gsub('%s+$', '')
      list.entries[#lines] = it
      colour(2, 2 + #it.label, STATES[it.state])
      colour(2 + #label, #lines[#lines], 'ResmarkDetail')
    end
  end
  section('Out of date', vim.tbl_filter(function(it)
    return it.state == 'outdated' or it.state == 'revisedSince' or it.state == 'abrogated'
  end, cites))
  section('Cites', cites, 'Cites nothing')
  section('Cited by', cited_by, 'Cited by no text of this folder')
  panel.fill(list.buffer, lines)
  vim.api.nvim_buf_clear_namespace(list.buffer, names, 0, -1)
  for _, it in ipairs(colours) do
    if it.highlight and it.from < it.to then
      vim.api.nvim_buf_set_extmark(list.buffer, names, it.row, it.from, { end_col = it.to, hl_group = it.highlight })
    end
  end
end

--- Shows the citations as they are now.
local function refresh()
  local list = current()
  if not list then
    return
  end
  panel.ask(list, 'resmark/citations', {
    params = function()
      return { textDocument = { uri = vim.uri_from_bufnr(list.source) } }
    end,
    is_open = function()
      return open == list and current() ~= nil
    end,
    draw = function(answer)
      draw(list, answer)
    end,
    close = M.close,
  })
end

--- Goes to a place, in the window of the text.
---@param list resmark.Citations
---@param location lsp.Location?
---@param why string what to say when there is none
local function go(list, location, why)
  local client = server.client(list.source)
  if location and client then
    panel.go(location, client.offset_encoding, panel.window_of(list.source))
  else
    resmark.say(why)
  end
end

---@param list resmark.Citations
local function keys(list)
  local function map(key, what, action)
    vim.keymap.set('n', key, function()
      local it = entry(list)
      if it then
        action(it)
      end
    end, { buffer = list.buffer, nowait = true, desc = what })
  end
  map('<CR>', 'Go to where this is cited, then to the next such place', function(it)
    local places = it.locations or {}
    local at = (list.next[it.label] or 0) % math.max(#places, 1) + 1
    list.next[it.label] = at
    go(list, places[at] or it.target, 'it is cited nowhere in the folder.')
  end)
  map('gd', 'Open what is cited', function(it)
    go(list, it.target, 'no text of this resolution is known.')
  end)
  map('K', 'Say more', function(it)
    vim.lsp.util.open_floating_preview(vim.split(it.tooltip or it.detail or it.label, '\n'), 'text', { wrap = true })
  end)
end

---@param list resmark.Citations
local function watch(list)
  vim.api.nvim_clear_autocmds({ group = group })
  vim.api.nvim_create_autocmd({ 'BufEnter', 'LspAttach', 'DiagnosticChanged', 'LspProgress' }, {
    group = group,
    desc = 'Keep the list of citations with the text',
    callback = function(event)
      if open ~= list or not current() then
        vim.api.nvim_clear_autocmds({ group = group })
        return
      end
      local here = vim.api.nvim_get_current_buf()
      if event.event == 'BufEnter' and here ~= list.source then
        if vim.bo[here].filetype ~= 'resmark' then
          return
        end
        list.source, list.next = here, {}
        vim.b[list.buffer].resmark_source = here
      end
      refresh()
    end,
  })
end

--- Opens the list for the current buffer, or goes to it when it is open.
function M.open()
  local source = panel.source()
  local list = current()
  if not server.needed(source, 'the list of citations') then
    return
  elseif not list then
    local window, buffer = panel.open('resmark-citations', source, { split = 'below', win = -1, height = HEIGHT })
    vim.wo[window].winfixheight = true
    vim.wo[window].wrap = false
    vim.wo[window].statusline = ' Citations %=⏎ where it is cited  gd what is cited  K more  q close '
    list = { source = source, window = window, buffer = buffer, entries = {}, next = {}, asking = false, again = false }
    open = list
    vim.bo[buffer].filetype = 'resmark-citations'
    keys(list)
    watch(list)
  end
  list.source = source
  refresh()
  vim.api.nvim_set_current_win(list.window)
end

--- Closes the list.
function M.close()
  local list = current()
  open = nil
  vim.api.nvim_clear_autocmds({ group = group })
  if list then
    panel.close(list.window)
  end
end

return M
