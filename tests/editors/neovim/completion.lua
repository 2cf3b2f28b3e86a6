-- Completion, typed key by key: the list opens where a citation has begun, what is chosen takes the place of what was
-- typed, and prose is left alone.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')
local typist = require('typist')

local TEXT = [[
# Resolution 300 (Doha, 2026)

The Plenipotentiary Conference of the International Telecommunication Union (Doha, 2026),

*recalling*

a) first
b) last
]]

local function open(options)
  vim.fn.writefile(vim.split(TEXT, '\n'), 'completion.resmark', 'b')
  return typist.open('completion.resmark', options)
end

--- Waits until the list is open and has an item with these words.
local function offers(drafter, words)
  editor.wait('the list has ' .. words, function()
    local items = drafter:lua([[return vim.fn.complete_info({ 'items' }).items]])
    return vim.iter(items):any(function(item)
      return item.word:find(words, 1, true) ~= nil
    end)
  end)
end

--- Waits until a line of the text is this one.
local function line(drafter, what, expected)
  local shown
  local reached = editor.eventually(function()
    shown = drafter:lua('return vim.api.nvim_get_current_line()')
    return shown == expected
  end)
  if not reached then
    editor.same(what, shown, expected)
  end
end

editor.run(function()
  local drafter = open()
  drafter:go_behind('a) first')
  drafter:type('a; Resolution')
  drafter:press(' ')
  offers(drafter, '2 (Rev. Bucharest, 2022)')
  drafter:press('14')
  offers(drafter, '140 (Rev. Bucharest, 2022)')
  drafter:press('0')
  offers(drafter, '140 (Rev. Dubai, 2018)')
  drafter:press('<C-n><C-y>')
  line(drafter, 'what is chosen', 'a) first; Resolution 140 (Rev. Bucharest, 2022)')
  drafter:press('<Esc>')

  -- Another number, over a citation that is there.
  drafter:press('0f1a0<BS>')
  drafter:press('<Del><Del>')
  line(drafter, 'a number is begun', 'a) first; Resolution 1 (Rev. Bucharest, 2022)')
  drafter:press('3')
  offers(drafter, '130 (Rev. Dubai, 2018)')
  drafter:press('0')
  offers(drafter, '130 (Rev. Busan, 2014)')
  drafter:press('<C-n><C-y>')
  line(drafter, 'with the version that was there', 'a) first; Resolution 130 (Rev. Dubai, 2018)')
  drafter:press('<Esc>')

  -- Nothing is put in that was not chosen, and words are left alone.
  drafter:go_behind('b) last')
  drafter:press('a, Resolution 140 is what this resolution is about')
  line(drafter, 'typing on', 'b) last, Resolution 140 is what this resolution is about')
  editor.same('no list', drafter:lua('return vim.fn.pumvisible()'), 0)
  drafter:press('<Esc>')
  drafter:close()

  -- Nobody has to have it.
  drafter = open({ completion = false })
  drafter:go_behind('b) last')
  drafter:press('a, Resolution 14')
  line(drafter, 'typed', 'b) last, Resolution 14')
  editor.same('switched off', drafter:lua('return vim.fn.pumvisible()'), 0)
  drafter:press('<Esc>')
  drafter:close()
end)
