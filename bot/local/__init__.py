"""Telegram on your own machine: a stand-in for the Bot API with a chat page, on loopback.

    world     who and what there is, what people do; no network, an injected clock     World(token=…, clock=…)
    wire      a method and its parameters in, status and JSON out, in Telegram's words   await call(world, …)
    html      Telegram's HTML parser, proven against TDLib
    request   the in-process face: python-telegram-bot without sockets                    LocalRequest(world)
    server    the HTTP face: Bot API, chat page, events; loopback only                    await serve(world, port)
    talk      ask and wait for the answer, in tests and scripts                           await talk.ask("…")
    memory    chats and commands that outlive a restart                                   serve(world, port, path)
    faults    what may go wrong, on order                                                 world.faults.append(lost())

Without a token the bot is started against a World of its own: LocalRequest for the bot, serve(…) for the page, all in
one event loop.
"""
