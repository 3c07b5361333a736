# Notices for staff: what Meta tells of the account, the number and the business.
# $event: Meta's own word, in capitals. $details: what it says besides, or "-".
notice-account = Meta reports a change in our WhatsApp Business account: { $event }. Details: { $details }.
notice-account-review = Meta has reviewed our WhatsApp Business account: { $event }. Details: { $details }.
notice-account-alert = Meta sends an alert about our account: { $event }. Details: { $details }.
notice-business = Meta reports a change in the state of the business: { $event }. Details: { $details }.
notice-form = Meta reports about the booking form: { $event }. Details: { $details }. While it cannot be opened, people go on in the chat.
notice-capability = Meta has changed how much our account may send. New limit: { $details }.
notice-name = Meta has decided about the name that people see: { $event }. Details: { $details }.
notice-quality = The quality of our number has changed, which decides how much we may send: { $event }. Limit: { $details }.
notice-security = Somebody changed the security of our number: { $event }. If it was not us, act at once.
