from whatsapp_emulator.cli import main

main()
