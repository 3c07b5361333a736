# Avisos para el personal: lo que Meta dice de la cuenta, del número y del negocio.
# $event: la palabra de Meta, en mayúsculas. $details: lo que dice además, o "-".
notice-account = Meta avisa de un cambio en nuestra cuenta de WhatsApp Business: { $event }. Detalles: { $details }.
notice-account-review = Meta terminó de revisar nuestra cuenta de WhatsApp Business: { $event }. Detalles: { $details }.
notice-account-alert = Meta manda una alerta sobre nuestra cuenta: { $event }. Detalles: { $details }.
notice-business = Meta avisa de un cambio en el estado del negocio: { $event }. Detalles: { $details }.
notice-form = Meta avisa del formulario de citas: { $event }. Detalles: { $details }. Mientras no se pueda abrir, las personas siguen en el chat.
notice-capability = Meta cambió lo que nuestra cuenta puede enviar. Nuevo límite: { $details }.
notice-name = Meta decidió sobre el nombre que ven las personas: { $event }. Detalles: { $details }.
notice-quality = Cambió la calidad de nuestro número, que decide cuánto podemos enviar: { $event }. Límite: { $details }.
notice-security = Alguien cambió la seguridad de nuestro número: { $event }. Si no fuimos nosotros, hay que actuar ya.
